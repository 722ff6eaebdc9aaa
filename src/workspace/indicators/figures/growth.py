"""People on their way into the Party, and who the members are."""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

import rules
from workspace.indicators.reach import Reach
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet

_KIND = Member.Category
AGES = ((0, 30), (31, 40), (41, 50), (51, 60), (61, 200))


@dataclass(frozen=True)
class Growth:
    """Of one unit. `overdue` are probationary members whose probation has ended without a conversion on record; `moved`
    were admitted or converted in the span, whatever they are by now."""

    applicants: int = 0
    activists: int = 0
    objects: int = 0
    probationary: int = 0
    full: int = 0
    admitted: int = 0
    converted: int = 0
    overdue: int = 0
    moved: int = 0

    def __add__(self, other: "Growth") -> "Growth":
        return Growth(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Growth)))

    @property
    def on_the_way(self) -> int:
        return self.applicants + self.activists + self.objects + self.probationary


def by_path(reach: Reach) -> dict[str, Growth]:
    """By unit path. One query for all who ask about the reach."""
    return reach.once("growth", lambda: _by_path(reach))


def _by_path(reach: Reach) -> dict[str, Growth]:
    joined = Q(joined_on__gte=reach.first, joined_on__lte=reach.until)
    admitted = joined & Q(category__in=Member.MEMBERS)
    converted = Q(converted_on__gte=reach.first, converted_on__lte=reach.until)
    rows = (
        Member.objects.present()
        .below(reach.unit)
        .values_list("unit__path")
        .annotate(
            n_applicants=Count("pk", filter=Q(category=_KIND.APPLICANT)),
            n_activists=Count("pk", filter=Q(category=_KIND.ACTIVIST)),
            n_objects=Count("pk", filter=Q(category=_KIND.DEVELOPMENT_OBJECT)),
            n_probationary=Count("pk", filter=Q(category=_KIND.PROBATIONARY)),
            n_full=Count("pk", filter=Q(category=_KIND.FULL)),
            n_admitted=Count("pk", filter=admitted),
            n_converted=Count("pk", filter=converted),
            n_overdue=Count("pk", filter=overdue(reach.until)),
            n_moved=Count("pk", filter=joined | converted),
        )
        .order_by()
    )
    return {path: Growth(*numbers) for path, *numbers in rows}


def overdue(on: date) -> Q:
    """Probationary members whose year, with any extension, is over. An extension is counted by its own months."""
    year = rules.get("admission.probation").integer("months")
    late = Q(probation_extension__isnull=True, joined_on__lt=rules.add_months(on, -year))
    for months in range(6, 13):
        late |= Q(probation_extension=months, joined_on__lt=rules.add_months(on, -year - months))
    return Q(category=_KIND.PROBATIONARY) & late


def admitted_monthly(reach: Reach) -> dict[date, int]:
    """Members admitted, by month of the trend. One query."""
    months = reach.span.trend(reach.on)
    rows = (
        _members(reach)
        .filter(joined_on__gte=months[0], joined_on__lte=reach.until)
        .annotate(month=TruncMonth("joined_on"))
        .values_list("month")
        .annotate(people=Count("pk"))
        .order_by()
    )
    found = dict(rows)
    return {month: found.get(month, 0) for month in months}


def ages(reach: Reach) -> list[tuple[tuple[int, int], int]]:
    """Members by age at the end of the span; who has no birth date on record is left out. One query."""
    born = {f"a{low}": Count("pk", filter=_aged(low, high, reach.until)) for low, high in AGES}
    found = _members(reach).aggregate(**born)
    return [((low, high), found[f"a{low}"]) for low, high in AGES]


def by_code(reach: Reach, field: str) -> dict[str, int]:
    """Members by sex or education code. One query."""
    return dict(_members(reach).values_list(field).annotate(people=Count("pk")).order_by(field))


def _members(reach: Reach) -> MemberQuerySet:
    return Member.objects.present().below(reach.unit).filter(category__in=Member.MEMBERS)


def _aged(low: int, high: int, on: date) -> Q:
    oldest = rules.add_months(on, -12 * (high + 1))
    return Q(birth_date__gt=oldest, birth_date__lte=rules.add_months(on, -12 * low))
