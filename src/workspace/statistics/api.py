"""`/api/v1/statistics/`: the tables as the pages show them, and the people behind a figure."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.members.models import Member
from workspace.members.queries.visibility import members_where
from workspace.statistics.book import Book
from workspace.statistics.notes import notes
from workspace.statistics.people import TOTAL, behind, figure
from workspace.statistics.queries import PEOPLE
from workspace.statistics.reading import asked
from workspace.statistics.tables import Table
from workspace.statistics.verdicts import verdict

_WHICH = [
    OpenApiParameter("unit", int, description="Key of the unit; without it the highest that the token's owner sees."),
    OpenApiParameter("on", OpenApiTypes.DATE, description="The cut-off day; without it today."),
    OpenApiParameter("since", OpenApiTypes.DATE, description="The earlier day; without it the year's end before."),
]
_ROW = OpenApiParameter("row", str, description="Key of the row; without it the total.")


class StatisticsColumnSerializer(serializers.Serializer[Any]):
    """`sign` is 1 or -1 where the reconciliation adds or takes away."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not the form label of Field
    sign = serializers.IntegerField()
    opens = serializers.BooleanField(help_text="Whether its figures are people.")


class StatisticsRowSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(source="line.key")
    unit = serializers.IntegerField(source="line.unit.pk")
    label = serializers.CharField(source="line.label")  # type: ignore[assignment]  # a field of ours
    values = serializers.ListField(child=serializers.IntegerField())


class StatisticsTableSerializer(serializers.Serializer[Table]):
    """Rows add up to `total`. `before` is the total at the earlier day, null where there is nothing to compare."""

    name = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField()
    columns = StatisticsColumnSerializer(many=True)
    rows = StatisticsRowSerializer(many=True)
    total = serializers.ListField(child=serializers.IntegerField())
    before = serializers.ListField(child=serializers.IntegerField(), allow_null=True)


class StatisticsBookSerializer(serializers.Serializer[Any]):
    unit = serializers.IntegerField()
    on = serializers.DateField()
    since = serializers.DateField()
    verdict = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    tables = StatisticsTableSerializer(many=True)


class CountedSerializer(serializers.ModelSerializer[Member]):
    """One of the people behind a figure; `happened` says what happened in the period, where the figure counts that."""

    unit_name = serializers.CharField(source="unit.name", read_only=True)
    happened = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = ("id", "name", "unit", "unit_name", "category", "joined_on", "converted_on", "left_on", "happened")
        read_only_fields = fields

    def get_happened(self, member: Member) -> str:
        return str(self.context.get("told", {}).get(member.pk, ""))


class StatisticsViewSet(viewsets.GenericViewSet[Member]):
    """Statistics at any cut-off day (党内统计) of a unit and everything that stood below it then."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "statistics:read", "people": "members:read"}
    lookup_field = "name"
    lookup_value_converter = "slug"
    serializer_class = CountedSerializer
    queryset = Member.objects.none()

    def get_queryset(self) -> "QuerySet[Member]":
        return Member.objects.none()

    @extend_schema(parameters=_WHICH, responses=StatisticsBookSerializer)
    def list(self, request: Request) -> Response:
        """Every table."""
        return Response(StatisticsBookSerializer(_whole(_book(request))).data)

    @extend_schema(parameters=_WHICH, responses=StatisticsTableSerializer)
    def retrieve(self, request: Request, name: str) -> Response:
        """One of them."""
        found = _book(request).tables.get(name)
        if found is None:
            raise Http404
        return Response(StatisticsTableSerializer(found).data)

    @extend_schema(parameters=[*_WHICH, _ROW], responses=CountedSerializer(many=True))
    @action(detail=True, url_path="people/<slug:column>")
    def people(self, request: Request, name: str, column: str) -> Response:
        """Those behind a figure, as far as the token's owner may see them; a page at a time."""
        book = _book(request)
        found = behind(book, figure(book, name, column, request.query_params.get("row") or TOTAL))
        seen = members_where(cast(User, request.user), PEOPLE).filter(found.q).select_related("unit")
        page: Any = self.paginate_queryset(seen.order_by("unit__path", "pinyin", "pk"))
        return self.get_paginated_response(CountedSerializer(page, many=True, context={"told": found.told}).data)


def _book(request: Request) -> Book:
    return asked(cast(User, request.user), request.query_params)


def _whole(book: Book) -> dict[str, Any]:
    days = book.reach.days
    return {
        "unit": book.reach.unit.pk,
        "on": days.on,
        "since": days.since,
        "verdict": verdict(book),
        "notes": notes(),
        "tables": list(book.tables.values()),
    }


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("statistics", StatisticsViewSet, basename="statistics")
