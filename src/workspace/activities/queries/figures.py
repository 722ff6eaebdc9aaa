"""Figures for the dashboards: counts by unit, never a judgement. Every one opens to rows of the same filter.

Units are named by their tree path, so that a caller adds up a whole committee with one prefix test; what a party group
did is counted for its branch. `first` and `last` are days in Asia/Shanghai, both included. Only activities on record
(closed, not cancelled) are counted. Members marked 年老体弱 or lost are not expected and stand outside every rate.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncMonth

import rules
from workspace.activities.models import (
    Activity,
    CheckIn,
    Obligation,
    ObligationQuerySet,
    Participation,
    Resolution,
)
from workspace.activities.queries import tree_as_was
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.organization.queries.since import NOTHING, Since

State = Obligation.State


def tallies(
    *, under: Unit, first: date, last: date, on: date, codes: Collection[str] = (), past: Since = NOTHING
) -> dict[str, rules.Tally]:
    """How the obligations that fall due in the period stand on the day `on`, by unit path. One query.

    `codes` narrows to some rules; without, all count. `past` is what happened to the tree since: then a unit that moved
    counts where it stood on the due day, under a path of its own there (`Segment.then`).
    """
    return {path: tally for (path,), tally in _tallies(under, first, last, on, codes, past, "path").items()}


def tallies_by_unit_and_rule(
    *, under: Unit, first: date, last: date, on: date, codes: Collection[str] = (), past: Since = NOTHING
) -> dict[tuple[str, str], rules.Tally]:
    """The same by unit path and rule code, for a caller that adds up several sets of rules. One query."""
    found = _tallies(under, first, last, on, codes, past, "path", "rule_code")
    return {(path, code): tally for (path, code), tally in found.items()}


def tallies_by_rule(
    *, under: Unit, first: date, last: date, on: date, codes: Collection[str] = (), past: Since = NOTHING
) -> dict[str, rules.Tally]:
    """The same by rule code (`branch.party_day`), all units of the reach together. One query."""
    return {code: tally for (code,), tally in _tallies(under, first, last, on, codes, past, "rule_code").items()}


def tallies_by_month(
    *, under: Unit, first: date, last: date, on: date, codes: Collection[str] = (), past: Since = NOTHING
) -> dict[date, rules.Tally]:
    """The same by the month in which they fall due (its first day), for a trend. One query."""
    return {month: tally for (month,), tally in _tallies(under, first, last, on, codes, past, "month").items()}


def _tallies(
    under: Unit, first: date, last: date, on: date, codes: Collection[str], past: Since, *by: str
) -> dict[tuple[Any, ...], rules.Tally]:
    rows = (
        obligations_behind(under=under, first=first, last=last, codes=codes, past=past)
        .annotate(path=tree_as_was.path_then(past), month=TruncMonth("due"))
        .values_list(*by)
        .annotate(**_counts(on))
        .order_by(*by)
    )
    return {tuple(row[: len(by)]): rules.Tally(*row[len(by) :]) for row in rows}


def tally_of(rows: ObligationQuerySet, *, on: date) -> rules.Tally:
    """How any obligations stand together. One query."""
    counted = rows.aggregate(**_counts(on))
    return rules.Tally(*counted.values())


def _counts(on: date) -> dict[str, Count]:
    """In the order of `rules.Tally`: met, late, open (overdue), exempt, upcoming."""
    return {
        "n_met": Count("pk", filter=Q(state=State.MET)),
        "n_late": Count("pk", filter=Q(state=State.LATE)),
        "n_open": Count("pk", filter=Q(state=State.OPEN, due__lt=on)),
        "n_exempt": Count("pk", filter=Q(state=State.EXEMPT)),
        "n_upcoming": Count("pk", filter=Q(state=State.OPEN, due__gte=on)),
    }


def obligations_behind(
    *, under: Unit, first: date, last: date, codes: Collection[str] = (), past: Since = NOTHING
) -> Any:
    """The rows a tally counts: a queryset of Obligation. With `past`, of the tree as it was on each due day."""
    rows = Obligation.objects.filter(tree_as_was.stood_under(under, past), due__gte=first, due__lte=last)
    return rows.filter(rule_code__in=codes) if codes else rows


@dataclass(frozen=True)
class Attendance:
    """Of one unit in one month. `remote` are among `present`; `rate` is None when nobody was expected."""

    activities: int = 0
    expected: int = 0
    present: int = 0
    remote: int = 0

    @property
    def rate(self) -> float | None:
        return self.present / self.expected if self.expected else None


def attendance(*, under: Unit, first: date, last: date) -> dict[tuple[str, date], Attendance]:
    """By unit path and first day of the month. Three queries."""
    counts: dict[tuple[str, date], dict[str, int]] = defaultdict(dict)
    held = _held(under, first, last)
    _add(counts, held.annotate(path=F("unit__path"), kind=F("unit__type"), month=_MONTH), activities=Count("pk"))
    roll = Participation.objects.filter(activity__in=held, is_expected=True).annotate(**_OF_ACTIVITY)
    _add(counts, roll, expected=Count("pk"))
    there = CheckIn.objects.filter(
        activity__in=held, activity__roll__member=F("member"), activity__roll__is_expected=True
    ).annotate(**_OF_ACTIVITY)
    _add(counts, there, present=Count("pk"), remote=Count("pk", filter=Q(method=CheckIn.Method.REMOTE)))
    return {key: Attendance(**numbers) for key, numbers in counts.items()}


_MONTH = TruncMonth("starts_at")
_OF_ACTIVITY = {
    "path": F("activity__unit__path"),
    "kind": F("activity__unit__type"),
    "month": TruncMonth("activity__starts_at"),
}


def _held(under: Unit, first: date, last: date) -> Any:
    return Activity.objects.closed().below(under).between(first, last)


def _add(into: dict[tuple[str, date], dict[str, int]], rows: Any, **counts: Count) -> None:
    for path, kind, month, *numbers in rows.values_list("path", "kind", "month").annotate(**counts).order_by():
        cell = into[_owner(path, kind), month.date()]
        for name, number in zip(counts, numbers, strict=True):
            cell[name] = cell.get(name, 0) + number


def _owner(path: str, kind: str) -> str:
    return path[: -Unit.steplen] if kind == Unit.Type.GROUP else path


@dataclass(frozen=True)
class Breadth:
    """How many of the members who can be expected took part in at least one activity."""

    members: int
    took_part: int

    @property
    def share(self) -> float | None:
        return self.took_part / self.members if self.members else None


def breadth(*, under: Unit, first: date, last: date) -> dict[str, Breadth]:
    """By the path of the unit where the members stand, over any stretch of days, generally one month. One query."""
    was_there = Exists(CheckIn.objects.filter(member=OuterRef("pk"), activity__in=_held(under, first, last)))
    people = (
        Member.objects.present()
        .below(under)
        .filter(category__in=Member.MEMBERS, is_exempt=False, is_lost_contact=False)
        .annotate(was_there=was_there)
        .values_list("unit__path", "unit__type")
        .annotate(everybody=Count("pk"), there=Count("pk", filter=Q(was_there=True)))
        .order_by()
    )
    found: dict[str, Breadth] = {}
    for path, kind, everybody, there in people:
        before = found.get(_owner(path, kind), Breadth(0, 0))
        found[_owner(path, kind)] = Breadth(before.members + everybody, before.took_part + there)
    return found


@dataclass(frozen=True)
class FollowThrough:
    """Resolutions with a due day in the period. `running` are open and not yet due."""

    in_time: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0

    @property
    def rate(self) -> float | None:
        """Done in time of those that have come due or are done."""
        counted = self.in_time + self.late + self.overdue
        return self.in_time / counted if counted else None


def follow_through(*, under: Unit, first: date, last: date, on: date) -> dict[str, FollowThrough]:
    """By unit path: were the resolutions due in the period done by their day? One query."""
    done = Q(done_at__isnull=False)
    in_time = done & Q(done_at__date__lte=F("due"))
    rows = (
        resolutions_behind(under=under, first=first, last=last)
        .values_list("activity__unit__path", "activity__unit__type")
        .annotate(
            n_in_time=Count("pk", filter=in_time),
            n_late=Count("pk", filter=done & Q(done_at__date__gt=F("due"))),
            n_overdue=Count("pk", filter=~done & Q(due__lt=on)),
            n_running=Count("pk", filter=~done & Q(due__gte=on)),
        )
        .order_by()
    )
    found: dict[str, FollowThrough] = {}
    for path, kind, *numbers in rows:
        before = found.get(_owner(path, kind), FollowThrough())
        old = (before.in_time, before.late, before.overdue, before.running)
        found[_owner(path, kind)] = FollowThrough(*(a + b for a, b in zip(old, numbers, strict=True)))
    return found


def resolutions_behind(*, under: Unit, first: date, last: date) -> Any:
    """The rows follow-through counts: a queryset of Resolution."""
    return Resolution.objects.filter(
        activity__unit__path__startswith=under.path, activity__cancelled_at__isnull=True, due__gte=first, due__lte=last
    )


@dataclass(frozen=True)
class Link:
    """Of the people who came to offline activities that had an online half: how many both answered or prepared online
    before and left their own words afterwards."""

    attended: int = 0
    both: int = 0

    @property
    def rate(self) -> float | None:
        return self.both / self.attended if self.attended else None


def online_offline(*, under: Unit, first: date, last: date) -> dict[str, Link]:
    """By unit path: the link between the two halves (线上线下融合), by the same people. One query.

    Counted are check-ins in person at activities with a place and a preparation text; whoever checks in stands on the
    roll. Both lists are read activity by activity, by their index, and compared here: the database takes five times as
    long to join the two tables, since it cannot know that a pair of activity and member is found in both.
    """
    came = CheckIn.objects.filter(activity=OuterRef("pk")).exclude(method=CheckIn.Method.REMOTE)
    did_both = Participation.objects.filter(
        activity=OuterRef("pk"), answered_at__lt=OuterRef("starts_at"), remarked_at__isnull=False
    )
    rows = (
        _held(under, first, last)
        .exclude(place="")
        .exclude(preparation="")
        .annotate(came=ArraySubquery(came.values("member")), did_both=ArraySubquery(did_both.values("member")))
        .values_list("unit__path", "unit__type", "came", "did_both")
        .order_by()
    )
    found: dict[str, Link] = {}
    for path, kind, members, ready in rows:
        old = found.get(_owner(path, kind), Link())
        both = len(set(ready).intersection(members))
        found[_owner(path, kind)] = Link(old.attended + len(members), old.both + both)
    return {path: link for path, link in found.items() if link.attended}
