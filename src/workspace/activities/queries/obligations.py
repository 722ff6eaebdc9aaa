"""Obligations as lists: of one unit's year, or of all that a person may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db.models import Q

import rules
from workspace.accounts.models import User
from workspace.activities.models import Activity, Obligation, ObligationQuerySet
from workspace.activities.queries.events import event_of
from workspace.activities.queries.visibility import obligations_visible_to
from workspace.organization.models import Unit

OVERDUE = "overdue"


@dataclass(frozen=True)
class ObligationFilter:
    """What a list is narrowed to. `state` is one of the model's or `overdue`."""

    unit: int | None = None
    below: bool = False
    year: int | None = None
    state: str = ""
    kind: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """From a query string; what makes no sense is left out."""
        unit, year = given.get("unit", ""), given.get("year", "")
        state = given.get("state", "")
        return cls(
            unit=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 19 else None,
            below=given.get("below", "") in {"1", "true", "on"},
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            state=state if state in {*Obligation.State.values, OVERDUE} else "",
            kind=given.get("kind", "")[:40],
        )


def owed(user: User, wanted: ObligationFilter, *, on: date) -> ObligationQuerySet:
    """What units this person may see owe, by due day."""
    rows = obligations_visible_to(user).select_related("unit")
    if wanted.unit is not None:
        path = Unit.objects.filter(pk=wanted.unit).values_list("path", flat=True).first() or "-"
        rows = rows.filter(Q(unit__path__startswith=path) if wanted.below else Q(unit=wanted.unit))
    if wanted.year:
        rows = rows.of_year(wanted.year)
    if wanted.state == OVERDUE:
        rows = rows.overdue(on=on)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.kind:
        rows = rows.filter(kinds__contains=[wanted.kind])
    return rows.order_by("due", "unit__path", "rule_code")


@dataclass(frozen=True)
class Owed:
    """An obligation as its page shows it: with what is already arranged for it, and what there is to do."""

    row: Obligation
    overdue: bool
    arranged: list[Activity]

    @property
    def is_open(self) -> bool:
        return self.row.state == Obligation.State.OPEN


def year_of(unit: Unit, year: int, *, on: date, at: datetime) -> list[Owed]:
    """A unit's obligations of a year by due day, each with the coming or unrecorded activities that would meet it.

    Two queries, whatever the number.
    """
    rows = list(
        Obligation.objects.of_year(year)
        .filter(unit=unit)
        .select_related("met_by", "unit")
        .order_by("due", "period_start", "rule_code")
    )
    waiting = _arranged(unit, year)
    found = []
    for row in rows:
        is_open = row.state == Obligation.State.OPEN
        arranged = [activity for activity in waiting if is_open and _would_meet(activity, row)]
        found.append(Owed(row, row.is_overdue(on=on), arranged))
    return found


def _arranged(unit: Unit, year: int) -> list[Activity]:
    """Activities of the unit and its party groups that are planned or held but not on record."""
    of_unit = Q(unit=unit) | Q(unit__type=Unit.Type.GROUP, unit__path__startswith=unit.path)
    return list(
        Activity.objects.standing()
        .filter(of_unit, closed_at__isnull=True, starts_at__year__gte=year, starts_at__year__lte=year + 1)
        .select_related("unit")
        .order_by("starts_at")
    )


def _would_meet(activity: Activity, row: Obligation) -> bool:
    return bool(rules.satisfied_by(event_of(activity), [row.owed]))
