"""`/api/v1/archives/`: the whole workspace as one file, for programs that keep backups."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import now
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.archives import actions, api_closing, api_schedules, files
from workspace.archives.models import Archive
from workspace.archives.queries import archives_for
from workspace.archives.responses import file_response


class ArchiveSerializer(serializers.ModelSerializer[Archive]):
    """`digest` is the SHA-256 of the file; `done` of `total` rows and files, while it is being made. While `state` is
    `asked`, `consent` is the request at `/api/v1/consents/` that another administrator has to agree to."""

    done = serializers.SerializerMethodField()
    total = serializers.SerializerMethodField()

    class Meta:
        model = Archive
        fields = (
            *("id", "state", "by_name", "asked_at", "finished_at", "expires_at", "bytes", "digest", "failure"),
            *("consent", "done", "total"),
        )
        read_only_fields = fields

    def get_done(self, archive: Archive) -> int | None:
        standing = _standing(archive)
        return standing.done if standing else None

    def get_total(self, archive: Archive) -> int | None:
        standing = _standing(archive)
        return standing.total if standing else None


class ArchiveReasonSerializer(serializers.Serializer[Any]):
    """What for; the second person reads it."""

    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


def _standing(archive: Archive) -> files.Standing | None:
    return files.standing(archive.token) if archive.state == Archive.State.WAITING else None


class ArchiveViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Archive]
):
    """Whole-workspace archives (整库存档), for the administrator of the whole workspace."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "archives:read", "write": "archives:write"}
    serializer_class = ArchiveSerializer
    parser_classes = (JSONParser, FormParser, MultiPartParser)  # a POST without a body comes as any of them
    lookup_value_converter = "int"
    queryset = Archive.objects.none()

    def get_queryset(self) -> "QuerySet[Archive]":
        if not self.request.user.is_authenticated:
            return Archive.objects.none()  # the schema generator asks as nobody
        return archives_for(self.request.user)

    @extend_schema(request=ArchiveReasonSerializer, responses={202: ArchiveSerializer})
    def create(self, request: Request) -> Response:
        """Ask for a new one. It is made by the worker: ask again until `state` is `done`. One at a time (409). Of more
        than 200 people it needs a `reason` and another administrator's consent first (`asked`)."""
        archives_for(cast(User, request.user))
        given = ArchiveReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        archive = actions.ask(by=cast(User, request.user), at=now(), **given.validated_data)
        return Response(ArchiveSerializer(archive).data, status=status.HTTP_202_ACCEPTED)

    def perform_destroy(self, instance: Archive) -> None:
        """Delete the file, cancel one that is being made, take back one that waits for consent."""
        actions.delete(instance, by=cast(User, self.request.user))

    @extend_schema(responses={(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY, "The archive.")})
    @action(detail=True, url_path="file")
    def file(self, request: Request, *args: Any, **kwargs: Any) -> FileResponse:
        """Download it. 409 while it is being made, 410 when the file is gone."""
        archive = self.get_object()
        actions.take(archive, by=cast(User, request.user))
        return file_response(archive)


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("archives", ArchiveViewSet, basename="archive")
    api_closing.register(router)
    api_schedules.register(router)
