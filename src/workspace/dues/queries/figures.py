"""Figures for the dashboards: what was expected and what was paid, by unit path and month. Never a judgement."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum

from rules.workdays import add_months
from workspace.dues.models import Basis, Payment
from workspace.dues.queries.movers import of_the_moved
from workspace.dues.queries.owing import owing_in
from workspace.dues.queries.places import Places, places_since
from workspace.members.models import Member
from workspace.organization.models import Unit

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Paid:
    """Of one branch in one month: assessed members, those settled (waivers are), and yuan expected and received.

    `share` is None where nobody is assessed.
    """

    members: int = 0
    settled: int = 0
    expected: Decimal = _NOTHING
    received: Decimal = _NOTHING

    @property
    def share(self) -> float | None:
        return self.settled / self.members if self.members else None


def paid_share(*, under: Unit, first: date, last: date) -> dict[tuple[str, date], Paid]:
    """By path of the branch where the members stood as the month began, and first day of the month, for the months in
    which the two days lie and all between. Four queries, and three more where somebody moved meanwhile."""
    months = months_between(first, last)
    places = places_since(months[0])
    found: dict[tuple[str, date], list[Any]] = defaultdict(lambda: [0, 0, _NOTHING, _NOTHING])
    for path, month, members, expected in _expected(under, months, but=places):
        found[path, month][0], found[path, month][2] = members, expected
    for path, month, settled, received in _received(under, months, but=places):
        found[path, month][1], found[path, month][3] = settled, received
    if places.left:
        for path, month, *numbers in of_the_moved(places, months):
            if path.startswith(under.path):
                found[path, month] = [a + b for a, b in zip(found[path, month], numbers, strict=True)]
    return {key: Paid(*numbers) for key, numbers in found.items()}


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from the one of `first` to the one of `last`."""
    months = [first.replace(day=1)]
    while add_months(months[-1], 1) <= last:
        months.append(add_months(months[-1], 1))
    return months


def _expected(under: Unit, months: list[date], *, but: Places) -> list[tuple[str, date, int, Decimal]]:
    """One pass over the bases: two conditional sums a month."""
    sums: dict[str, Count | Sum] = {}
    for number, month in enumerate(months):
        covers = Q(since__lte=month) & (Q(until__isnull=True) | Q(until__gt=month)) & owing_in(month, "member__")
        sums[f"n{number}"] = Count("pk", filter=covers)
        sums[f"y{number}"] = Sum("monthly", filter=covers, default=_NOTHING)
    rows: Any = (  # rows whose names are made up here
        Basis.objects.filter(member__unit__path__startswith=under.path, since__lte=months[-1])
        .exclude(member__in=list(but.left))
        .values("member__unit__path")
        .annotate(**sums)
        .order_by()
    )
    return [
        (row["member__unit__path"], month, row[f"n{number}"], row[f"y{number}"])
        for row in rows
        for number, month in enumerate(months)
        if row[f"n{number}"]
    ]


def _received(under: Unit, months: list[date], *, but: Places) -> list[tuple[str, date, int, Decimal]]:
    gone = Q(member__left_on__lt=F("month"))
    rows = (
        Payment.objects.below(under)
        .filter(month__gte=months[0], month__lte=months[-1], member__category__in=Member.MEMBERS)
        .exclude(gone)
        .exclude(member__in=list(but.left))
        .values_list("member__unit__path", "month")
        .annotate(settled=Count("pk"), received=Sum("amount"))
        .order_by()
    )
    return list(rows)
