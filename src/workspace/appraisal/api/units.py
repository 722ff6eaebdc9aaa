"""`/api/v1/appraisal-units/`: which branches hold their appraisal of a year."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.scopes import HasScope
from workspace.appraisal.api.reading import person
from workspace.appraisal.api.serializers import UnitYearSerializer
from workspace.appraisal.forms.filters import Filters
from workspace.appraisal.queries import lists
from workspace.appraisal.queries.visibility import VIEW

_FILTERS = [
    OpenApiParameter("year", int, description="The year whose appraisals are held now, unless said."),
    OpenApiParameter("stage", str, enum=["due", "running", "done"]),
    OpenApiParameter("q", str, description="Name or pinyin of the branch."),
    OpenApiParameter("unit", int, description="This unit and everything below it."),
]


class UnitYearViewSet(viewsets.GenericViewSet[Any]):
    """Branches that the token's owner looks after, with their appraisal of a year."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "appraisals:read", "write": "appraisals:write"}
    serializer_class = UnitYearSerializer

    @extend_schema(parameters=_FILTERS, responses=UnitYearSerializer(many=True))
    def list(self, request: Request) -> Response:
        """In tree order."""
        user, on = person(request), today()
        filters = Filters(
            request.query_params,
            units=units_where(user, VIEW).open(),
            years=lists.years_of(user, on),
            year=lists.year_of(on),
        )
        rows = lists.under(lists.board(user, filters.narrowing()), request.query_params.get("stage") or "all")
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(UnitYearSerializer(page, many=True).data)
