"""`/api/v1/transfers/` and `/api/v1/absences/`, over the same queries and actions as the pages."""

from rest_framework.routers import BaseRouter

from workspace.transfers.api.absences import AbsenceViewSet
from workspace.transfers.api.transfers import TransferViewSet


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("transfers", TransferViewSet, basename="transfer")
    router.register("absences", AbsenceViewSet, basename="absence")
