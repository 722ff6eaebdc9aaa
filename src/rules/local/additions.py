"""The four things a workspace may add. Plain values: nothing is checked here, see `rules.local.refusals`."""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.admission_steps import Actor
from rules.periods import Every
from rules.workdays import WorkCalendar, add_months, last_working_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """`basis` is the document of the workspace that says so; it holds from `effective_from` to `effective_to`."""

    basis: str
    effective_from: date
    effective_to: date | None = None

    def holds(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tightening(Addition):
    """A figure of a national rule, made stricter.

    `figure` is a whole-number parameter; for a recurring duty it may be `needed` (how many) or `every` (how often).
    """

    code: str
    figure: str
    value: int | Every


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; exactly one of the three is given."""

    months: int = 0
    days: int = 0
    working_days: int = 0

    @property
    def label(self) -> str:
        """10个工作日"""
        number, unit, _unit_en = self._said
        return f"{number}{unit}"

    @property
    def label_en(self) -> str:
        """10 working days"""
        number, _unit, unit_en = self._said
        return f"{number} {unit_en}" if number == 1 else f"{number} {unit_en}s"

    @property
    def is_one_length(self) -> bool:
        """Whether exactly one of the three is given, and above zero."""
        given = [number for number in (self.months, self.days, self.working_days) if number]
        return len(given) == 1 and given[0] > 0

    @property
    def _said(self) -> tuple[int, str, str]:
        if self.working_days:
            return self.working_days, "个工作日", "working day"
        return (self.months, "个月", "month") if self.months else (self.days, "天", "day")

    def after(self, day: date, *, calendar: WorkCalendar) -> tuple[date, bool]:
        """The last day in time, and whether it is provisional. The day itself is not counted."""
        if self.working_days:
            return last_working_day(day + timedelta(days=1), self.working_days, calendar=calendar)
        return (add_months(day, self.months) if self.months else day + timedelta(days=self.days)), False


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalStep(Addition):
    """A step of the workspace's own. It follows the step `after`; the step `before`, where given, waits for it.

    `within` is how long it may take, counted from the day of `after`.
    """

    code: str
    label: str
    after: str
    label_en: str = ""
    before: str = ""
    actor: Actor = Actor.BRANCH
    within: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalDeadline(Addition):
    """A deadline for a step, counted from the day of the step `after`.

    Of it and a national clock the earlier day counts.
    """

    step: str
    after: str
    within: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalMaterial(Addition):
    """A further paper for a step."""

    step: str
    code: str
    label: str
    label_en: str = ""
