import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something on a day. `state` is empty, done or late."""

    on: date
    label: str | Promise
    url: str
    state: str = ""


@dataclass(frozen=True)
class Day:
    on: date
    inside: bool
    today: bool
    rest: bool
    mark: str
    happenings: list[Happening]

    @property
    def weekday(self) -> str:
        return weekdays()[self.on.weekday()]


class Month:
    """A month as weeks of days, Monday first.

    `rest` holds official days off (adjusted working days are the caller's knowledge), `marks` short words per day
    such as a festival. `address` makes the link to another month from its first day.
    """

    def __init__(
        self,
        first: date,
        happenings: Iterable[Happening],
        *,
        today: date,
        rest: Iterable[date] = (),
        marks: dict[date, str] | None = None,
        address: str = "?month={year:04d}-{month:02d}",
    ) -> None:
        self.first = first.replace(day=1)
        self.today = today
        self.address = address
        by_day: dict[date, list[Happening]] = {}
        for happening in happenings:
            by_day.setdefault(happening.on, []).append(happening)
        days_off = set(rest)
        self.weeks = [
            [self._day(on, by_day, days_off, marks or {}) for on in week]
            for week in calendar.Calendar(firstweekday=0).monthdatescalendar(self.first.year, self.first.month)
        ]

    def _day(self, on: date, by_day: dict[date, list[Happening]], rest: set[date], marks: dict[date, str]) -> Day:
        inside = on.month == self.first.month
        return Day(on, inside, on == self.today, on in rest, marks.get(on, ""), by_day.get(on, []) if inside else [])

    @property
    def weekdays(self) -> list[str]:
        return weekdays()

    @property
    def title(self) -> str:
        return _("{year}年{month}月").format(year=self.first.year, month=self.first.month)

    @property
    def previous_url(self) -> str:
        return self._link(-1)

    @property
    def next_url(self) -> str:
        return self._link(1)

    def _link(self, step: int) -> str:
        months = self.first.year * 12 + self.first.month - 1 + step
        return self.address.format(year=months // 12, month=months % 12 + 1)


def weekdays() -> list[str]:
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
