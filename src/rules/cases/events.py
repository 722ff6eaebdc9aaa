"""What has happened in a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ImpossibleEvent(ValueError):
    """An event that no case can have."""


class UnknownStep(ImpossibleEvent):
    """The event names a step that neither the chart nor the workspace knows."""


class Outcome(StrEnum):
    """How a step came out. Extended and cancelled are for the meeting on conversion."""

    PASSED = "passed"
    FAILED = "failed"
    EXTENDED = "extended"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _OUTCOMES[self][0]

    @property
    def label_en(self) -> str:
        return _OUTCOMES[self][1]


_OUTCOMES = {
    Outcome.PASSED: ("通过", "Passed"),
    Outcome.FAILED: ("未通过", "Not passed"),
    Outcome.EXTENDED: ("延长预备期", "Extended"),
    Outcome.CANCELLED: ("取消预备党员资格", "Cancelled"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step was done. `on` None: done, on a day nobody wrote down (cases taken over from paper).

    For public notice `on` is the day it was posted. `months` is how long probation was extended; `people` how many
    contacts or introducers there are; `days` and `hours` how long the training was. What is not known stays out.
    """

    step: str
    on: date | None = None
    outcome: Outcome = Outcome.PASSED
    months: int | None = None
    people: int | None = None
    days: int | None = None
    hours: int | None = None

    def __post_init__(self) -> None:
        for name in ("months", "people", "days", "hours"):
            if (number := getattr(self, name)) is not None and number < 0:
                raise ImpossibleEvent(f"{self.step}: {name} must not be negative")
        if self.outcome in {Outcome.EXTENDED, Outcome.CANCELLED} and self.step != "conversion_meeting":
            raise ImpossibleEvent(f"{self.step}: only the meeting on conversion extends or cancels")
        if self.outcome is Outcome.EXTENDED and not self.months:
            raise ImpossibleEvent("an extension needs its number of months")


@dataclass(frozen=True, slots=True)
class History:
    """The events known on a day, oldest first; those of unknown day come first."""

    events: tuple[Done, ...]
    by_step: Mapping[str, list[Done]]

    @classmethod
    def known(cls, events: Iterable[Done], *, on: date) -> "History":
        """What lies after `on` is not known yet, so that a past day can be asked about again."""
        kept = [event for event in events if event.on is None or event.on <= on]
        kept.sort(key=lambda event: event.on or date.min)
        by_step: dict[str, list[Done]] = {}
        for event in kept:
            by_step.setdefault(event.step, []).append(event)
        return cls(tuple(kept), by_step)

    def of(self, step: str, turn: int = 1) -> list[Done]:
        """The events of a step. `turn` 2 is after probation was extended."""
        found = self.by_step.get(step, [])
        first = self.extension
        if first is None:
            return found if turn == 1 else []
        cut = self._cut(step, found, first)
        return found[:cut] if turn == 1 else found[cut:]

    def last(self, step: str, turn: int = 1) -> Done | None:
        return next(reversed(self.of(step, turn)), None)

    def day(self, step: str, turn: int = 1) -> date | None:
        """When the step was last done and passed, as far as anybody knows."""
        last = self.last(step, turn)
        return last.on if last and last.outcome is not Outcome.FAILED else None

    @property
    def extension(self) -> Done | None:
        """The meeting that extended probation; there can be one."""
        return next((event for event in self.meetings if event.outcome is Outcome.EXTENDED), None)

    @property
    def meetings(self) -> list[Done]:
        """Every meeting on conversion."""
        return self.by_step.get("conversion_meeting", [])

    def _cut(self, step: str, found: list[Done], first: Done) -> int:
        """How many events of a step belong to the time before the extension."""
        if step == "conversion_meeting":
            return found.index(first) + 1
        if step == "conversion_approval":
            later = self.meetings[self.meetings.index(first) + 1 :]
            until = later[0].on if later else None
            return sum(until is None or event.on is None or event.on < until for event in found)
        if step in {"probation", "apply_conversion"}:
            return sum(first.on is None or event.on is None or event.on <= first.on for event in found)
        return len(found)
