"""`/api/v1/elections/` and `/api/v1/election-terms/`, over the same queries and actions as the pages."""

from rest_framework.routers import BaseRouter

from workspace.elections.api.elections import ElectionViewSet
from workspace.elections.api.terms import TermViewSet


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("elections", ElectionViewSet, basename="election")
    router.register("election-terms", TermViewSet, basename="election-term")
