"""A year of study: a branch's sheet (no ranking: by name), and one member's own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from workspace.learning.models import StudyRecord
from workspace.learning.queries.figures import due_by, hours_owed
from workspace.members.models import Member
from workspace.organization.models import Unit

_NONE = Decimal(0)


@dataclass(frozen=True)
class Line:
    """A member with the hours of the year; `owed` is None for those whom no hard requirement binds."""

    member: Member
    hours: Decimal
    owed: int | None
    due: Decimal  # the part of the year's hours due by now

    @property
    def is_reached(self) -> bool:
        return self.owed is not None and self.hours >= self.owed

    @property
    def is_on_the_way(self) -> bool:
        """At least the part that is due by now."""
        return self.owed is not None and self.hours >= self.due

    @property
    def share(self) -> float | None:
        return float(self.hours) / self.owed if self.owed else None


@dataclass(frozen=True)
class YearSheet:
    unit: Unit
    year: int
    owed: int
    due: Decimal
    lines: list[Line]

    @property
    def bound(self) -> list[Line]:
        """Those in the denominator."""
        return [line for line in self.lines if line.owed is not None]

    @property
    def reached(self) -> int:
        return sum(line.is_reached for line in self.bound)

    @property
    def on_the_way(self) -> int:
        return sum(line.is_on_the_way for line in self.bound)

    @property
    def exempt(self) -> int:
        return len(self.lines) - len(self.bound)


def sheet_of(unit: Unit, year: int, *, today: date) -> YearSheet:
    """The branch's members by name. One query."""
    owed, due = hours_owed(year), _due(year, today)
    in_year = Q(study_records__on__year=year)
    members = (
        Member.objects.present()
        .below(unit)
        .filter(category__in=Member.MEMBERS)
        .annotate(hours=Coalesce(Sum("study_records__hours", filter=in_year), _NONE))
        .order_by("pinyin", "pk")
    )
    lines = [
        Line(one, one.hours, None if one.is_exempt else owed, due)  # type: ignore[attr-defined]  # annotated above
        for one in members
    ]
    return YearSheet(unit, year, owed, due, lines)


def line_of(member: Member, records: list[StudyRecord], year: int, *, today: date) -> Line:
    """One member's year from the records already read."""
    hours = sum((record.hours for record in records), _NONE)
    owed = None if member.is_exempt or member.category not in Member.MEMBERS else hours_owed(year)
    return Line(member, hours, owed, _due(year, today))


def records_of(member: Member, year: int) -> list[StudyRecord]:
    """Newest first. One query."""
    rows = StudyRecord.objects.filter(member=member).in_year(year)
    return list(rows.select_related("certified_by").order_by("-on", "-pk"))


def _due(year: int, today: date) -> Decimal:
    """A past year is due whole, a future one not at all."""
    if year < today.year:
        return Decimal(hours_owed(year))
    return due_by(today) if year == today.year else _NONE
