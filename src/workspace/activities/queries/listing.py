"""Lists of activities: filtered, counted, in the order of the calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rules import EventKind
from workspace.accounts.models import User
from workspace.activities.models import Activity, ActivityQuerySet, CheckIn, Participation
from workspace.activities.queries.visibility import activities_visible_to
from workspace.organization.models import Unit

State = Activity.State


FIRST_YEAR, LAST_YEAR = 1921, 2199


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to. `month` is its first day; `below` widens `unit` to everything under it."""

    unit: int | None = None
    below: bool = False
    month: date | None = None
    kind: str = ""
    state: str = ""
    words: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """From a query string; what makes no sense is left out rather than answered with an error."""
        unit = given.get("unit", "")
        kind, state = given.get("kind", ""), given.get("state", "")
        return cls(
            unit=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 19 else None,
            below=given.get("below", "") in {"1", "true", "on"},
            month=month_of(given.get("month", "")),
            kind=kind if kind in set(EventKind) else "",
            state=state if state in State.values else "",
            words=given.get("q", "").strip()[:60],
        )


def month_of(text: str) -> date | None:
    """The first day of `2026-09`; None for anything else, and for months so far off that their neighbours are none."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None


def last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def listed(user: User, wanted: Filter, *, at: datetime) -> ActivityQuerySet:
    """What the person may see of it, newest first, with `expected` and `present` counted. One query for any number."""
    rows = activities_visible_to(user).filter(_narrowed(wanted, at)).select_related("unit")
    if wanted.month:
        rows = rows.between(wanted.month, last_day(wanted.month))
    return counted(rows).order_by("-starts_at", "-pk")


def counted(rows: ActivityQuerySet) -> ActivityQuerySet:
    """With `expected` (people the roll counts on) and `present` (check-ins, guests too) on every row."""
    expected = _count(Participation.objects.filter(activity=OuterRef("pk"), is_expected=True))
    return rows.annotate(expected=expected, present=_count(CheckIn.objects.filter(activity=OuterRef("pk"))))


def _count(rows: "QuerySet[Participation] | QuerySet[CheckIn]") -> Coalesce:
    number = rows.order_by().values("activity").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def _narrowed(wanted: Filter, at: datetime) -> Q:
    narrow = Q()
    if wanted.unit is not None:
        narrow &= _in_unit(wanted.unit, below=wanted.below)
    if wanted.kind:
        narrow &= Q(kinds__contains=[wanted.kind])
    if wanted.words:
        narrow &= Q(title__icontains=wanted.words)
    return narrow & _in_state(wanted.state, at)


def _in_unit(key: int, *, below: bool) -> Q:
    if not below:
        return Q(unit=key)
    path = Unit.objects.filter(pk=key).values_list("path", flat=True).first()
    return Q(unit__path__startswith=path) if path else Q(pk__in=[])


def _in_state(state: str, at: datetime) -> Q:
    """`Activity.state` as a condition."""
    live = Q(cancelled_at__isnull=True, closed_at__isnull=True)
    return {
        State.CANCELLED.value: Q(cancelled_at__isnull=False),
        State.CLOSED.value: Q(cancelled_at__isnull=True, closed_at__isnull=False),
        State.PLANNED.value: live & Q(starts_at__gt=at),
        State.RUNNING.value: live & Q(starts_at__lte=at, ends_at__gte=at),
        State.HELD.value: live & Q(ends_at__lt=at),
    }.get(state, Q())
