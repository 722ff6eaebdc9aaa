"""Months and working days, counted the way the regulations mean them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import chinese_calendar

from rules.rule import Rule


class WorkCalendar(Protocol):
    """Knows which days are worked. A calendar for tests or for a place of its own needs this one method."""

    def is_working_day(self, day: date) -> bool | None:
        """True or False where the arrangement of that year is known, None where it is not."""


class OfficialCalendar:
    """The State Council's holidays and swapped weekends, as far as the installed data reaches."""

    def is_working_day(self, day: date) -> bool | None:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return None


class NothingLoaded:
    """No year is known: every answer rests on plain weekdays and is provisional."""

    def is_working_day(self, day: date) -> bool | None:
        return None


OFFICIAL = OfficialCalendar()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that follows from a rule. Provisional ones may move once the year's holidays are announced."""

    day: date
    rule: Rule
    is_provisional: bool = False

    def is_past(self, today: date) -> bool:
        """The day itself is still in time."""
        return today > self.day


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months on (or back), clamped to the end of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_working_day(first: date, days: int, *, calendar: WorkCalendar = OFFICIAL) -> tuple[date, bool]:
    """The last of `days` working days counted from `first`, itself included when it is worked.

    Returns the day, and whether it is provisional: any day on the way whose year is not loaded was taken as worked
    from Monday to Friday.
    """
    if days < 1:
        raise ValueError("days must be at least 1")
    day, counted, is_provisional = first, 0, False
    while True:
        worked = calendar.is_working_day(day)
        if worked is None:
            is_provisional = True
            worked = day.isoweekday() <= 5
        counted += worked
        if counted == days:
            return day, is_provisional
        day += timedelta(days=1)


def age(born: date, on: date) -> int:
    """Full years lived; who was born on 29 February grows older on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
