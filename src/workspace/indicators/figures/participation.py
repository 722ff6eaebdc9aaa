"""How many members took part in something, month by month. Of people it only asks yes or no, never how often."""

from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

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
    held = Activity.objects.closed().between(months[0], reach.until)
    there = (
        CheckIn.objects.filter(activity__in=held, member__in=expected(reach))
        .annotate(month=TruncMonth("activity__starts_at"))
        .values_list("member__unit__path", "month")
        .annotate(people=Count("member", distinct=True))
        .order_by()
    )
    took_part = {(path, month.date()): people for path, month, people in there}
    counted = expected(reach).values_list("unit__path").annotate(people=Count("pk")).order_by()
    return {
        path: {month: Share(took_part.get((path, month), 0), people) for month in months} for path, people in counted
    }


def expected(reach: Reach) -> MemberQuerySet:
    """Members who count for breadth: on the register, not exempt, not lost."""
    return (
        Member.objects.present()
        .below(reach.unit)
        .filter(category__in=Member.MEMBERS, is_exempt=False, is_lost_contact=False)
    )
