"""The stretch of time a dashboard speaks of: a year or a quarter, and the twelve months of its trend."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

import rules

TREND_MONTHS = 12


@dataclass(frozen=True)
class Span:
    """A period of the rules; `code` is 2026 or 2026-Q3."""

    period: rules.Period

    @property
    def code(self) -> str:
        return self.period.code

    @property
    def first(self) -> date:
        return self.period.start

    @property
    def last(self) -> date:
        return self.period.end

    @property
    def label(self) -> str:
        return self.period.label_en if (get_language() or "").startswith("en") else self.period.label

    def until(self, on: date) -> date:
        """The last day that can already be known."""
        return min(self.last, on)

    def months(self, on: date) -> list[date]:
        """The first day of each month that has begun."""
        return [month for month in _months(self.first, self.last) if month <= on]

    def trend(self, on: date) -> list[date]:
        """The twelve months that end with the span, or with the running month."""
        return months_before(self.until(on), TREND_MONTHS)

    @property
    def before(self) -> "Span":
        """The span of the same length before it."""
        return of_code(_code_of(self.first - timedelta(days=1), quarter="Q" in self.code), on=self.first)


def of_code(code: str, *, on: date) -> Span:
    """The span of a code; anything that is not a year or a quarter gives the year of `on`."""
    year, _dash, _part = code.partition("-")
    if year.isascii() and year.isdigit() and 2000 <= int(year) <= on.year + 1:
        for every in (rules.Every.YEAR, rules.Every.QUARTER):
            for period in rules.periods(int(year), every):
                if period.code == code:
                    return Span(period)
    return Span(rules.periods(on.year, rules.Every.YEAR)[0])


def choices(on: date) -> list[tuple[str, str]]:
    """This year, last year, and the quarters that have begun in either, newest first: (code, label)."""
    years = [Span(rules.periods(year, rules.Every.YEAR)[0]) for year in (on.year, on.year - 1)]
    quarters = [
        Span(period)
        for year in (on.year, on.year - 1)
        for period in reversed(rules.periods(year, rules.Every.QUARTER))
        if period.start <= on
    ]
    named = [
        (years[0].code, _("今年（{year}）").format(year=on.year)),
        (years[1].code, _("去年（{year}）").format(year=on.year - 1)),
    ]
    return named + [(span.code, span.label) for span in quarters]


def months_before(day: date, count: int) -> list[date]:
    """The first days of `count` months, the last of which holds the day."""
    index = day.year * 12 + day.month - 1
    return [_month(index - back) for back in range(count - 1, -1, -1)]


def month_label(month: date) -> str:
    return f"{month.year % 100}-{month.month:02}"


def _months(first: date, last: date) -> Iterator[date]:
    index = first.year * 12 + first.month - 1
    while (month := _month(index)) <= last:
        yield month
        index += 1


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _code_of(day: date, *, quarter: bool) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}" if quarter else f"{day.year}"
