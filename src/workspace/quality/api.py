"""`/api/v1/register-quality/`: what is wrong with the register, by check, by unit, and with whom."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.organization.visibility import unit_for
from workspace.quality import actions, queries, words
from workspace.quality.checks import CHECKS
from workspace.quality.choosing import chosen
from workspace.quality.reading import asked
from workspace.quality.survey import Survey

_UNIT = OpenApiParameter("unit", int, description="Key of the unit; without it the highest that is seen.")
_CHECK = OpenApiParameter("check", str, description="A check's code, a family, or `todo`; without it all findings.")


class FindingSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    family = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not the form label of Field
    people = serializers.IntegerField()


class QualitySerializer(serializers.Serializer[Any]):
    """`to_complete` are people whose entry lacks something or contradicts itself."""

    unit = serializers.IntegerField()
    people = serializers.IntegerField()
    to_complete = serializers.IntegerField()
    verdict = serializers.CharField()
    findings = FindingSerializer(many=True)


class FoundSerializer(serializers.ModelSerializer[Member]):
    """One person with the codes of what is wrong."""

    unit_name = serializers.CharField(source="unit.name", read_only=True)
    findings = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = ("id", "name", "unit", "unit_name", "findings")
        read_only_fields = fields

    def get_findings(self, member: Member) -> list[str]:
        return list(self.context["codes"][member.pk]) if "codes" in self.context else []


class AskingSerializer(serializers.Serializer[Any]):
    unit = serializers.IntegerField(min_value=1)


class AskedSerializer(serializers.Serializer[Any]):
    """Units asked now, asked before and not done, and asked where nobody could be told."""

    now = serializers.IntegerField()
    before = serializers.IntegerField()
    untold = serializers.IntegerField()


class QualityViewSet(viewsets.GenericViewSet[Member]):
    """How good the register is (党员信息质量) of a unit and everything below it."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "members:read", "write": "members:write"}
    serializer_class = FoundSerializer
    queryset = Member.objects.none()

    def get_queryset(self) -> "QuerySet[Member]":
        return Member.objects.none()

    @extend_schema(parameters=[_UNIT], responses=QualitySerializer)
    def list(self, request: Request) -> Response:
        """The verdict and the number of people with each finding."""
        unit, survey = _asked(request)
        return Response(QualitySerializer(_whole(unit, survey)).data)

    @extend_schema(parameters=[_UNIT, _CHECK], responses=FoundSerializer(many=True))
    @action(detail=False)
    def people(self, request: Request) -> Response:
        """Those with a finding, a page at a time."""
        _unit, survey = _asked(request)
        codes = {one.pk: one.codes for one in chosen(survey, request.query_params.get("check", ""))}
        rows = Member.objects.filter(pk__in=codes).select_related("unit").order_by("unit__path", "pinyin", "pk")
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(FoundSerializer(page, many=True, context={"codes": codes}).data)

    @extend_schema(request=AskingSerializer, responses=AskedSerializer)
    @action(detail=False, methods=["post"])
    def asking(self, request: Request) -> Response:
        """Ask the branches below to complete their entries; none is asked twice while it is not done."""
        given = AskingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        person = cast(User, request.user)
        unit, survey = asked(person, str(given.validated_data["unit"]))
        unit_for(person, unit.pk, to=queries.ASK)
        units = list(units_where(person, queries.ASK).below(unit).open())
        return Response(AskedSerializer(actions.ask(survey, units, by=person, on=today())).data)


def _asked(request: Request) -> tuple[Unit, Survey]:
    return asked(cast(User, request.user), request.query_params.get("unit", ""))


def _whole(unit: Unit, survey: Survey) -> dict[str, Any]:
    counts = survey.by_check
    return {
        "unit": unit.pk,
        "people": survey.whole.people,
        "to_complete": survey.whole.to_complete,
        "verdict": words.verdict(survey.whole)[0],
        "findings": [
            {"code": one.code, "family": one.family, "label": one.label, "people": counts[one.code]} for one in CHECKS
        ],
    }


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("register-quality", QualityViewSet, basename="register-quality")
