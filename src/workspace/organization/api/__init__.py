"""`/api/v1/units/`: the tree over the same queries and actions as its pages."""

from rest_framework.routers import BaseRouter

from workspace.organization.api.units import UnitViewSet


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("units", UnitViewSet, basename="unit")
