"""Merging, splitting, converting, and what the structure checks find."""

from datetime import date
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.accounts.models import User
from workspace.organization import actions
from workspace.organization.actions import snoozing
from workspace.organization.models import Unit
from workspace.organization.queries import checks, effects
from workspace.organization.serializers_verbs import (
    CheckSerializer,
    ConvertSerializer,
    MergeSerializer,
    OutcomeSerializer,
    SnoozeSerializer,
    SplitSerializer,
)
from workspace.organization.visibility import unit_for


class VerbsMixin:
    @extend_schema(request=MergeSerializer, responses=OutcomeSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: int) -> Response:
        """End `units` in this one; with `preview` nothing is written."""
        person = cast(User, request.user)
        into, sent, paper = _asked(MergeSerializer, request, pk)
        units = [unit_for(person, key, to="unit.change") for key in sent["units"]]
        found = effects.of_merging(units, into, on=_day(sent), name=sent["name"])
        if not sent["preview"]:
            actions.merge(units, into=into, on=_day(sent), by=person, basis=paper, name=sent["name"])
        return _outcome(found, [] if sent["preview"] else [into])

    @extend_schema(request=SplitSerializer, responses=OutcomeSerializer)
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: int) -> Response:
        """Set up `parts` beside this unit and send people there; with `preview` nothing is written."""
        unit, sent, paper = _asked(SplitSerializer, request, pk)
        parts, dated = _parts(sent), {"on": _day(sent), "ends": sent["ends"]}
        found = effects.of_parting(unit, parts, **dated)
        made: list[Unit] = []
        if not sent["preview"]:
            by, seen = cast(User, request.user), sent.get("updated_at")
            made = actions.split(unit, parts, by=by, basis=paper, seen=seen, **dated)
        return _outcome(found, made)

    @extend_schema(request=ConvertSerializer, responses=OutcomeSerializer)
    @action(detail=True, methods=["post"])
    def convert(self, request: Request, pk: int) -> Response:
        """Turn the unit into another type, with `parts` below it for its people; with `preview` nothing is written."""
        unit, sent, paper = _asked(ConvertSerializer, request, pk)
        parts, on = _parts(sent), _day(sent)
        found = effects.of_parting(unit, parts, on=on, kind=sent["type"])
        made: list[Unit] = []
        if not sent["preview"]:
            by, more = cast(User, request.user), {"name": sent["name"], "seen": sent.get("updated_at")}
            made = [actions.convert(unit, sent["type"], on=on, by=by, parts=parts, basis=paper, **more)]
        return _outcome(found, made)

    @extend_schema(responses=CheckSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def checks(self, request: Request) -> Response:
        """Every finding of the structure checks, in tree order, what is put off included."""
        found = checks.checked(cast(User, request.user), on=today())
        return Response(CheckSerializer(found, many=True).data)

    @extend_schema(request=SnoozeSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def snooze(self, request: Request, pk: int) -> Response:
        """Put a finding off until a day, for a reason; without a day it shows again."""
        unit, sent, _paper = _asked(SnoozeSerializer, request, pk)
        person = cast(User, request.user)
        if sent.get("until"):
            snoozing.snooze(unit, sent["code"], until=sent["until"], reason=sent["reason"], by=person)
        else:
            snoozing.wake(unit, sent["code"], by=person)
        return Response(status=204)


def _asked(shape: Any, request: Request, pk: int) -> tuple[Unit, dict[str, Any], Any]:
    unit = unit_for(cast(User, request.user), pk, to="unit.change")
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    return unit, given.validated_data, given.paper() if hasattr(given, "paper") else None


def _day(sent: dict[str, Any]) -> date:
    day: date | None = sent.get("on")
    return day or today()


def _parts(sent: dict[str, Any]) -> list[actions.Part]:
    return [actions.Part(p["name"], p["type"], tuple(p["people"]), tuple(p["units"])) for p in sent["parts"]]


def _outcome(found: effects.Effects, units: list[Unit]) -> Response:
    fresh = Unit.objects.with_parent().filter(pk__in=[unit.pk for unit in units])
    return Response(OutcomeSerializer({"effects": found.lines, "warnings": found.warnings, "units": fresh}).data)
