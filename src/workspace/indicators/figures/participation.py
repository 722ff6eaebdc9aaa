"""How many members took part in something, month by month. Of people it only asks yes or no, never how often."""

from collections import Counter
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
    seen = _months_seen(reach, months)
    alike: dict[str, Counter[int]] = {}  # by unit path: how many members share a set of months
    for path, member in expected(reach).values_list("unit__path", "pk").order_by():
        alike.setdefault(path, Counter())[seen.get(member, 0)] += 1
    return {
        path: {
            month: Share(sum(people for bits, people in sets.items() if bits >> number & 1), sets.total())
            for number, month in enumerate(months)
        }
        for path, sets in alike.items()
    }


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
