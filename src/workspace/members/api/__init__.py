"""`/api/v1/members/` and `/api/v1/imports/`, over the same queries and actions as the pages."""

from rest_framework.routers import BaseRouter

from workspace.members.api.corrections import CorrectionViewSet
from workspace.members.api.exports import MemberExportViewSet
from workspace.members.api.imports import ImportViewSet
from workspace.members.api.members import MemberViewSet
from workspace.members.api.merges import MergeViewSet


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("members", MemberViewSet, basename="member")
    router.register("member-exports", MemberExportViewSet, basename="member-export")
    router.register("member-merges", MergeViewSet, basename="member-merge")
    router.register("imports", ImportViewSet, basename="import")
    router.register("corrections", CorrectionViewSet, basename="correction")
