"""`/api/v1/election-terms/`: until when the committees sit."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.scopes import HasScope
from workspace.elections.api.reading import person
from workspace.elections.api.serializers import ElectionTermSerializer
from workspace.elections.forms.filters import Filters
from workspace.elections.queries.terms import terms_seen_by
from workspace.elections.queries.visibility import VIEW

_FILTERS = [
    OpenApiParameter("stage", str, enum=["within", "due", "over", "unknown"]),
    OpenApiParameter("q", str, description="Name or pinyin of the unit."),
    OpenApiParameter("unit", int, description="This unit and everything below it."),
]


class TermViewSet(viewsets.GenericViewSet[Any]):
    """Terms of the units that the token's owner looks after."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "elections:read", "write": "elections:write"}
    serializer_class = ElectionTermSerializer

    @extend_schema(parameters=_FILTERS, responses=ElectionTermSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The one that ends first at the top."""
        user = person(request)
        by = Filters(request.query_params, units=units_where(user, VIEW).open()).narrowing()
        found = terms_seen_by(user, on=today(), unit=by.unit, words=by.words)
        stage = request.query_params.get("stage", "")
        rows = [one for one in found if not stage or one.stage == stage]
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(ElectionTermSerializer(page, many=True).data)
