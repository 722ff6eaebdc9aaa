"""What branches are asked for from above: meetings for everybody below, by month, with or without a stated basis."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from workspace.activities.models import Activity
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Call:
    """How many meetings a unit called for all below it in a month, and how many of them named what they serve."""

    path: str
    month: date
    meetings: int
    based: int


def calls(reach: Reach, *, first: date, last: date) -> list[Call]:
    """Of the units of the reach and of those above it, which burden its branches too. One query."""
    step = Unit.steplen
    above = [reach.unit.path[:end] for end in range(step, len(reach.unit.path), step)]
    rows = (
        Activity.objects.closed()
        .between(first, last)
        .filter(Q(unit__path__startswith=reach.unit.path) | Q(unit__path__in=above), audience=Activity.Audience.BELOW)
        .exclude(unit__type__in=(*Unit.BRANCHES, Unit.Type.GROUP))
        .annotate(month=TruncMonth("starts_at"))
        .values_list("unit__path", "month")
        .annotate(meetings=Count("pk"), based=Count("pk", filter=~Q(aims=[])))
        .order_by()
    )
    return [Call(path, month.date(), meetings, based) for path, month, meetings, based in rows]


def load(reach: Reach, found: list[Call], months: list[date]) -> dict[str, Share]:
    """By path of the branch: meetings asked of it, over months. Its rate is meetings a month."""
    return {
        branch.path: Share(
            sum(call.meetings for call in found if call.month in months and branch.path.startswith(call.path)),
            len(months),
        )
        for branch in reach.branches
    }


def based(found: list[Call], months: list[date]) -> dict[str, Share]:
    """By path of the unit that called: meetings that named the duty they serve."""
    shares: dict[str, Share] = {}
    for call in found:
        if call.month in months:
            shares[call.path] = shares.get(call.path, Share()) + Share(call.based, call.meetings)
    return shares
