"""How good the register of a unit is: by what is wrong, and by the units below."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shared.http import Request
from workspace.organization.models import Unit
from workspace.organization.notes import Notes
from workspace.quality import queries, words
from workspace.quality.checks import CHECKS, Check, Family
from workspace.quality.reading import asked
from workspace.quality.survey import Count, Survey

INDENT = "\u3000"


@dataclass(frozen=True)
class Line:
    """A unit of the next level below; `asked_on` is when it was asked to complete its entries."""

    unit: Unit
    count: Count
    url: str
    grade: tuple[str, str]
    asked_on: date | None

    @property
    def families(self) -> list[tuple[Family, int]]:
        return list(zip(Family, self.count.by_family, strict=True))


@login_required
@require_safe
def overview(request: Request) -> HttpResponse:
    unit, survey = asked(request.user, request.GET.get("unit", ""))
    below = list(Unit.objects.all().below(unit).open().order_by("path"))
    whole = survey.whole
    context = {
        "unit": unit,
        "whole": whole,
        "verdict": words.verdict(whole),
        "families": [(family, _checks(survey, family)) for family in Family],
        "tiles": list(zip(Family, whole.by_family, strict=True)),
        "lines": _lines(unit, survey, below),
        "units": _choosable(request, unit, below),
        "query": f"?unit={unit.pk}",
        "may_ask": request.may(queries.ASK),
        "may_export": request.may("member.export"),
        "may_merge": request.may("member.merge"),
    }
    return render(request, "quality/overview.html", context)


def _checks(survey: Survey, family: Family) -> list[tuple[Check, int]]:
    """What was found at all; a list of zeros helps nobody."""
    return [(check, survey.by_check[check.code]) for check in CHECKS if check.family is family and _any(survey, check)]


def _any(survey: Survey, check: Check) -> bool:
    return survey.by_check[check.code] > 0


def _lines(unit: Unit, survey: Survey, below: list[Unit]) -> list[Line]:
    paths = {one.pk: one.path for one in below}
    known = {pk: path for pk, path in paths.items() if pk in survey.by_unit}
    rows = [one for one in below if one.depth == unit.depth + 1 and one.type != Unit.Type.GROUP] or [unit]
    return [_line(one, survey, known) for one in rows]


def _line(unit: Unit, survey: Survey, paths: dict[int, str]) -> Line:
    count = survey.below(unit, {pk: paths.get(pk, "") for pk in survey.by_unit})
    errand = Notes.read(unit.notes).errand
    url = f"{reverse('quality:overview')}?unit={unit.pk}"
    return Line(unit, count, url, words.grade(count), errand.on if errand and count.to_complete else None)


def _choosable(request: Request, unit: Unit, below: list[Unit]) -> list[tuple[Unit, str]]:
    chain = [*queries.units_seen(request.user).above(unit), unit]
    levels = [(one, INDENT * level) for level, one in enumerate(chain)]
    next_level = [one for one in below if one.depth == unit.depth + 1 and one.type != Unit.Type.GROUP]
    return levels + [(one, INDENT * len(chain)) for one in next_level]
