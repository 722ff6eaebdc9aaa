"""Stretches of the calendar in which something is owed."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Every(StrEnum):
    """How often. The value is what data files say."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return _MONTHS[self]

    @property
    def label(self) -> str:
        return _EVERY[self][0]

    @property
    def label_en(self) -> str:
        return _EVERY[self][1]


_EVERY = {
    Every.MONTH: ("每月", "every month"),
    Every.QUARTER: ("每季度", "every quarter"),
    Every.HALF_YEAR: ("每半年", "every half year"),
    Every.YEAR: ("每年", "every year"),
}
_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_QUARTERS = "一二三四"
_MONTHS_EN = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - twelve words read better than twelve strings
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `start` to `end`, both inclusive. `code` sorts and is stable (2026-Q3, 2026-09); labels are for people."""

    start: date
    end: date
    code: str
    label: str
    label_en: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def within(self, first: date | None, last: date | None) -> "Period | None":
        """The part of the period from `first` to `last` (either may be open); None when nothing is left."""
        start = max(self.start, first) if first else self.start
        end = min(self.end, last) if last else self.end
        return replace(self, start=start, end=end) if start <= end else None


def periods(year: int, every: Every) -> list[Period]:
    """All periods of the length `every` in a calendar year, in order."""
    return [_period(year, every, index) for index in range(12 // every.months)]


def _period(year: int, every: Every, index: int) -> Period:
    first = index * every.months + 1
    last = first + every.months - 1
    code, label, label_en = _words(year, every, index)
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), code, label, label_en)


def _words(year: int, every: Every, index: int) -> tuple[str, str, str]:
    match every:
        case Every.MONTH:
            return f"{year}-{index + 1:02}", f"{year}年{index + 1}月", f"{_MONTHS_EN[index]} {year}"
        case Every.QUARTER:
            return f"{year}-Q{index + 1}", f"{year}年第{_QUARTERS[index]}季度", f"Q{index + 1} {year}"
        case Every.HALF_YEAR:
            half, half_en = (("上半年", "First half"), ("下半年", "Second half"))[index]
            return f"{year}-H{index + 1}", f"{year}年{half}", f"{half_en} of {year}"
        case Every.YEAR:
            return f"{year}", f"{year}年", f"{year}"
