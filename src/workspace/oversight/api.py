"""`/api/v1/audit-entries/`: the record, for programs that collect it centrally."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.audit.models import Entry
from workspace.oversight.forms import EntryFilters, key_of
from workspace.oversight.queries.listing import narrowed, page
from workspace.oversight.queries.standing import standing
from workspace.oversight.queries.visibility import Names, entries_seen_by, names_shown_to, sees_all
from workspace.oversight.shown import Shown

_FILTERS = [
    OpenApiParameter(name, OpenApiTypes.STR) for name in ("q", "person", "verb", "kind", "result", "since", "until")
] + [OpenApiParameter(name, OpenApiTypes.INT) for name in ("unit", "before", "after")]


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """`link` is the row's place in the chain (SHA-256 of the link before it and the content); both empty until sealed.
    In `label` and `details` names are masked for who may not read them."""

    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # DRF calls a help text so
    details = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    link = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = (
            *("id", "at", "by", "by_name", "role", "verb", "words", "result", "kind", "thing", "label", "unit"),
            *("address", "request", "details", "position", "link"),
        )
        read_only_fields = fields

    def get_label(self, entry: Entry) -> str:
        return self._shown(entry).thing

    def get_details(self, entry: Entry) -> dict[str, Any]:
        return self._shown(entry).noted

    def get_words(self, entry: Entry) -> str:
        return Shown(entry, named=False).verb

    def get_link(self, entry: Entry) -> str:
        return Shown(entry, named=False).link

    def _shown(self, entry: Entry) -> Shown:
        names: Names = self.context["names"]
        return Shown(entry, named=names.in_line(entry))


class EntryPageSerializer(serializers.Serializer[Any]):
    """Newest first; `older` is what `before` wants for the next page, `newer` what `after` wants."""

    results = EntrySerializer(many=True)
    older = serializers.IntegerField(allow_null=True)
    newer = serializers.IntegerField(allow_null=True)


class RecordStandingSerializer(serializers.Serializer[Any]):
    """How the record stands; `fault` is empty while the last verification found none."""

    count = serializers.IntegerField(source="head.count")
    digest = serializers.CharField(source="head.digest")
    verified_at = serializers.DateTimeField(allow_null=True)
    verified_rows = serializers.IntegerField()
    fault = serializers.CharField()
    position = serializers.IntegerField(allow_null=True)


class EntryViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Entry]):
    """The record (审计记录), for auditors and administrators."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "audit:read"}
    serializer_class = EntrySerializer
    lookup_value_converter = "int"
    queryset = Entry.objects.none()

    def get_queryset(self) -> "QuerySet[Entry]":
        if not self.request.user.is_authenticated:
            return Entry.objects.none()  # the schema generator asks as nobody
        return entries_seen_by(self.request.user)

    def get_serializer_context(self) -> dict[str, Any]:
        person = self.request.user
        return {
            **super().get_serializer_context(),
            "names": names_shown_to(person) if person.is_authenticated else Names(),
        }

    @extend_schema(parameters=_FILTERS, responses=EntryPageSerializer)
    def list(self, request: Request) -> Response:
        """Fifty at a time, by key."""
        rows = self.get_queryset()
        filters = EntryFilters(request.query_params, reader=cast(User, request.user))
        asked = request.query_params
        context = self.get_serializer_context()
        rows = narrowed(rows, filters.wanted, context["names"])
        found = page(rows, before=key_of(asked, "before"), after=key_of(asked, "after"))
        said = EntrySerializer(found.rows, many=True, context=context).data
        return Response({"results": said, "older": found.older, "newer": found.newer})

    @extend_schema(responses=RecordStandingSerializer)
    @action(detail=False)
    def standing(self, request: Request) -> Response:
        """Length, fingerprint and the last verification; for who looks after the whole."""
        if not sees_all(cast(User, request.user)):
            raise Http404
        return Response(RecordStandingSerializer(standing()).data)


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("audit-entries", EntryViewSet, basename="audit-entry")
