"""The board of a year: every branch one looks after with the appraisal it holds, and lists of appraisals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.appraisal.models import Appraisal, AppraisalQuerySet
from workspace.appraisal.queries.progress import grade_counts
from workspace.appraisal.queries.visibility import VIEW, appraisals_seen_by, appraising
from workspace.organization.models import Unit

TABS = ("all", "due", "running", "done")
LAST_YEAR_UNTIL = 3  # in the first months of a year last year's appraisals are held


@dataclass(frozen=True)
class Narrowing:
    """An empty field does not narrow."""

    year: int
    words: str = ""
    unit: Unit | None = None


@dataclass(frozen=True)
class UnitYear:
    """One branch and its appraisal of the year; None where none was begun."""

    unit: Unit
    appraisal: Appraisal | None

    @property
    def pk(self) -> int:
        return self.unit.pk

    @property
    def stage(self) -> str:
        if self.appraisal is None:
            return "due"
        return "running" if self.appraisal.is_running else "done"

    @property
    def grades(self) -> dict[str, int]:
        """How many have each grade; empty until it is announced, for those above as for everybody."""
        if self.appraisal is None or self.appraisal.announced_on is None:
            return {}
        return grade_counts(self.appraisal)


def year_of(on: date) -> int:
    """The year whose appraisal is held around that day."""
    return on.year - 1 if on.month <= LAST_YEAR_UNTIL else on.year


def board(user: User, narrowing: Narrowing) -> list[UnitYear]:
    """Every branch, in tree order: open ones, and those closed since that hold one. Two queries."""
    units = appraising(units_where(user, VIEW)).filter(is_sample=False)
    if narrowing.unit:
        units = units.filter(path__startswith=narrowing.unit.path)
    if narrowing.words.strip():
        units = units.named_like(narrowing.words.strip())
    held = Appraisal.objects.standing().filter(year=narrowing.year, unit__in=units.order_by().values("pk"))
    there = {row.unit_id: row for row in held.without_texts()}
    found = []
    for unit in units.order_by("path"):
        row = there.get(unit.pk)
        if row is not None:
            row.unit = unit
        if row is not None or unit.is_open:
            found.append(UnitYear(unit, row))
    return found


def under(rows: Iterable[UnitYear], tab: str) -> list[UnitYear]:
    return [row for row in rows if tab in {"all", row.stage}]


def appraisals(user: User, *, year: int | None, words: str, unit: Unit | None, state: str) -> AppraisalQuerySet:
    """The newest first."""
    found = appraisals_seen_by(user).order_by("-year", "-pk")
    if year:
        found = found.filter(year=year)
    if state:
        found = found.filter(state=state)
    if words.strip():
        found = found.filter(unit__in=Unit.objects.all().named_like(words).order_by().values("pk"))
    return found.filter(unit__path__startswith=unit.path) if unit else found


def years_of(user: User, on: date) -> list[int]:
    """The years to choose from, the newest first. One query."""
    held = appraisals_seen_by(user).order_by().values_list("year", flat=True).distinct()
    return sorted({*held, on.year, on.year - 1}, reverse=True)
