"""Figures for the dashboards: who reached the hours that the part of the year asks for, by unit path. No ranking."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from rules.education import study_hours
from workspace.learning.models import StudyRecord
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Reached:
    """Members of one branch who are bound by the hours, and those of them who reached the part due by the day."""

    members: int = 0
    reached: int = 0

    @property
    def share(self) -> float | None:
        return self.reached / self.members if self.members else None


def hours_owed(year: int) -> int:
    """What the regulation asks of a member in a year."""
    hours = study_hours(on=date(year, 12, 31))
    assert hours is not None  # noqa: S101 - None is for the infirm only
    return hours


def due_by(on: date) -> Decimal:
    """The part of the year's hours that is due by the end of the month before `on`, to one decimal.

    The running month is not counted: its meetings may still come.
    """
    return (Decimal(hours_owed(on.year)) * (on.month - 1) / 12).quantize(Decimal("0.1"))


def bound() -> MemberQuerySet:
    """Those whom the hours bind: members on the register, without the old and infirm (教育管理条例 art. 23)."""
    return Member.objects.present().filter(category__in=Member.MEMBERS, is_exempt=False)


def reached(*, under: Unit, on: date) -> dict[str, Reached]:
    """By path of the branch: how many members have certified hours of at least `due_by(on)` this year. One query."""
    earned = (
        StudyRecord.objects.in_year(on.year)
        .filter(member=OuterRef("pk"), on__lte=on)
        .values("member")
        .annotate(sum=Sum("hours"))
        .values("sum")
    )
    rows = (
        bound()
        .below(under)
        .annotate(earned=Coalesce(Subquery(earned), Decimal(0)))
        .values_list("unit__path")
        .annotate(n_members=Count("pk"), n_reached=Count("pk", filter=Q(earned__gte=due_by(on))))
        .order_by()
    )
    return {path: Reached(*numbers) for path, *numbers in rows}
