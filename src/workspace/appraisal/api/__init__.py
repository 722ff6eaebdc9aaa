"""`/api/v1/appraisals/`, `/api/v1/appraisal-units/` and `/api/v1/own-appraisals/`, over the queries and actions of the
pages."""

from rest_framework.routers import BaseRouter

from workspace.appraisal.api.appraisals import AppraisalViewSet
from workspace.appraisal.api.own import OwnAppraisalViewSet
from workspace.appraisal.api.units import UnitYearViewSet


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("appraisals", AppraisalViewSet, basename="appraisal")
    router.register("appraisal-units", UnitYearViewSet, basename="appraisal-unit")
    router.register("own-appraisals", OwnAppraisalViewSet, basename="own-appraisal")
