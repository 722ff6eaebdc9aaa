"""`/api/v1/dashboards/`: the same values as the pages."""

from typing import Any, ClassVar, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import today
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.indicators import queries, spans
from workspace.indicators.dashboards import KINDS
from workspace.indicators.reach import Reach
from workspace.indicators.values import Brief, Dashboard, Kind, Number

_WHICH = [
    OpenApiParameter("unit", int, description="Key of the unit; without it the highest that the token's owner sees."),
    OpenApiParameter("year", int, description="Calendar year; without it the running one."),
    OpenApiParameter("period", str, description="2026 or 2026-Q3; comes before `year`."),
]


class NumberSerializer(serializers.Serializer[Number]):
    """`value` is a share from 0 to 1 where `unit` is %; null is not known, and `missing` says what would fill it."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not the form label of Field
    value = serializers.FloatField(allow_null=True)
    unit = serializers.CharField()
    target = serializers.FloatField(allow_null=True)
    before = serializers.FloatField(allow_null=True)
    basis = serializers.CharField()
    missing = serializers.SerializerMethodField()

    def get_missing(self, number: Number) -> str | None:
        return str(number.missing.filled_by) if number.missing else None


class BriefSerializer(serializers.Serializer[dict[str, Any]]):
    name = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.IntegerField()
    period = serializers.CharField()
    verdict = serializers.CharField()
    level = serializers.CharField()
    main = NumberSerializer()


class AttentionSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    place = serializers.CharField()
    url = serializers.CharField()


class RowSerializer(serializers.Serializer[Any]):
    unit = serializers.IntegerField(source="pk")
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not the form label of Field
    values = serializers.ListField(child=serializers.FloatField(allow_null=True))


class ExplanationSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not the form label of Field
    words = serializers.CharField()
    outside = serializers.CharField()
    rules = serializers.ListField(child=serializers.CharField(), source="codes")


class DashboardSerializer(BriefSerializer):
    numbers = NumberSerializer(many=True)
    attention = AttentionSerializer(many=True)
    columns = serializers.ListField(child=serializers.CharField())
    breakdown = RowSerializer(many=True)
    explanations = ExplanationSerializer(many=True)


class DashboardViewSet(viewsets.ViewSet):
    """The six dashboards (六个一目了然) of a unit and everything below it."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "dashboards:read"}
    lookup_field = "name"
    lookup_value_converter = "slug"

    @extend_schema(parameters=_WHICH, responses=BriefSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The sentence and the number of each."""
        reach = _reach(request)
        briefs: Any = [_brief(kind, kind.brief(reach), reach) for kind in KINDS.values()]
        return Response(BriefSerializer(briefs, many=True).data)

    @extend_schema(parameters=_WHICH, responses=DashboardSerializer)
    def retrieve(self, request: Request, name: str) -> Response:
        """One of them, whole."""
        if name not in KINDS:
            raise Http404
        board = KINDS[name].build(_reach(request))
        return Response(DashboardSerializer(_whole(board)).data)


def _reach(request: Request) -> Reach:
    asked, on = request.query_params, today()
    typed = asked.get("unit", "")
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise Http404
    unit = queries.get_unit(int(typed) if typed else None, user=cast(User, request.user))
    return Reach(unit, spans.of_code(asked.get("period") or asked.get("year") or "", on=on), on)


def _brief(kind: Kind, brief: Brief, reach: Reach) -> dict[str, Any]:
    return {
        "name": kind.name,
        "title": kind.title,
        "unit": reach.unit.pk,
        "period": reach.span.code,
        "verdict": brief.verdict,
        "level": brief.level,
        "main": brief.main,
    }


def _whole(board: Dashboard) -> dict[str, Any]:
    down = board.breakdown
    return {
        **_brief(board.kind, board.brief, board.reach),
        "numbers": board.all_numbers,
        "attention": board.attention,
        "columns": [label for label, _unit in down.columns] if down else [],
        "breakdown": down.rows if down else [],
        "explanations": board.kind.explanations,
    }


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("dashboards", DashboardViewSet, basename="dashboard")
