"""How many members took part in something, month by month. Of people it only asks yes or no, never how often."""

from collections import defaultdict
from datetime import date, datetime

from django.contrib.postgres.aggregates import BitOr
from django.db.models import Case, Value, When
from django.utils import timezone

from workspace.activities.models import Activity, CheckIn
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet


def by_path_and_month(reach: Reach) -> dict[str, dict[date, Share]]:
    """For each month of the trend: members who took part in at least one activity on record, of those who can be
    expected (教育管理条例 art. 23 leaves the old and ill out). The register of today stands in for every month. Two
    queries.
    """
    months = reach.span.trend(reach.on)
    found = _months_seen(reach, months)
    spread = {bits: _spread(bits) for bits in set(found.values())}  # far fewer patterns than people
    seen = {member: spread[bits] for member, bits in found.items()}
    added: dict[str, list[int]] = defaultdict(lambda: [0, 0])  # by unit path: members, and their lanes added up
    for path, member in expected(reach).values_list("unit__path", "pk").order_by():
        sums = added[path]
        sums[0] += 1
        sums[1] += seen.get(member, 0)
    return {
        path: {month: Share(lanes >> number * _LANE & _FULL, people) for number, month in enumerate(months)}
        for path, (people, lanes) in added.items()
    }


_LANE = 32  # wide enough for the people of any unit
_FULL = (1 << _LANE) - 1


def _spread(bits: int) -> int:
    """A one in the lane of each month, so that adding two numbers adds every month at once."""
    return sum(1 << number * _LANE for number in range(bits.bit_length()) if bits >> number & 1)


def _months_seen(reach: Reach, months: list[date]) -> dict[int, int]:
    """By member: a bit for each of the months they took part in. One query.

    The database sets bits by member and counts nothing: to count distinct people by unit and month it has to sort every
    check-in of the year.
    """
    held = CheckIn.objects.filter(activity__in=Activity.objects.closed().between(months[0], reach.until))
    if not reach.unit.is_root():  # everybody is below the root, and to join them all is half the work
        held = held.filter(member__unit__path__startswith=reach.unit.path)
    bit = Case(
        *(When(activity__starts_at__lt=_start(end), then=Value(1 << number)) for number, end in enumerate(months[1:])),
        default=Value(1 << len(months) - 1),
    )
    return dict(held.values_list("member").annotate(bits=BitOr(bit)).order_by())


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here


def expected(reach: Reach) -> MemberQuerySet:
    """Members who count for breadth: on the register, not exempt, not lost."""
    return (
        Member.objects.present()
        .below(reach.unit)
        .filter(category__in=Member.MEMBERS, is_exempt=False, is_lost_contact=False)
    )
