"""Activities, check-ins and obligations under `/api/v1/`, over the same queries and verbs as the pages."""

from rest_framework.routers import BaseRouter

from workspace.activities.api.activities import ActivityViewSet
from workspace.activities.api.check_ins import CheckInViewSet
from workspace.activities.api.obligations import ObligationViewSet


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("activities", ActivityViewSet, basename="activity")
    router.register("activities/<int:activity>/check-ins", CheckInViewSet, basename="check-in")
    router.register("obligations", ObligationViewSet, basename="obligation")
