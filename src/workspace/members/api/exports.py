"""`/api/v1/member-exports/`: the register as a file, for programs; much in full only with a second person."""

from typing import Any, ClassVar, cast

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import now, today
from workspace.access.api.consents import ConsentSerializer
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.members.actions import exporting
from workspace.members.actions.exporting import VERB, Exported, MayNotExport
from workspace.members.forms.exports import chosen, kept
from workspace.members.queries.exports import FORMS, Asked, agreed_export
from workspace.members.responses import attached

_SHEET = (200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_FILE = OpenApiResponse(OpenApiTypes.BINARY, "The file.")


class MemberExportSerializer(serializers.Serializer[Any]):
    """`query` narrows as the list's parameters do (`unit`, `category`, `sex`, …). `whole` writes numbers in full."""

    form = serializers.ChoiceField(choices=FORMS, default="xlsx")
    whole = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")
    query = serializers.DictField(child=serializers.CharField(max_length=60), default=dict)


class MemberExportViewSet(viewsets.ViewSet):
    """The register as a file (导出名册)."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "members:export", "write": "members:export"}
    lookup_value_converter = "int"

    @extend_schema(request=MemberExportSerializer, responses={_SHEET: _FILE, 202: ConsentSerializer})
    def create(self, request: Request) -> HttpResponse:
        """The file; or, for more than 200 people in full within a day, 202 and the request that another person has to
        agree to at `/api/v1/consents/`."""
        person = cast(User, request.user)
        if not may(person, VERB):
            raise MayNotExport
        given = MemberExportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        query = said.pop("query")
        members = chosen(person, query, on=today())
        made = exporting.export_or_ask(members, **said, query=kept(person, query), by=person, at=now())
        if isinstance(made, Exported):
            return attached(made)
        return Response(ConsentSerializer(made).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses={_SHEET: _FILE})
    @action(detail=True, url_path="file")
    def file(self, request: Request, pk: int) -> HttpResponse:
        """What another person agreed to; `id` is that of the request."""
        person = cast(User, request.user)
        found = agreed_export(pk, by=person, verb=VERB)
        members = chosen(person, Asked.from_json(found.details).query, on=today())
        return attached(exporting.take(found, members, by=person, at=now()))
