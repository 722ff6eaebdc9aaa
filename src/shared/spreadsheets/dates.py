"""Dates as people write them, as spreadsheets store them, and as neither should."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite

from shared.spreadsheets.cells import Cell, half_width, text_of

# Excel's day 1 is 1900-01-01 and it believes in 29 February 1900, which this origin absorbs.
_EXCEL_ORIGIN = date(1899, 12, 30)
_EXCEL_DAYS = range(3_654, 73_051)  # 1910 to 2099

_SEPARATED = re.compile(r"^(\d{4})\s*[-/.年,、—–]\s*(\d{1,2})\s*(?:[-/.月,、—–]\s*(\d{1,2})\s*[日号]?|月|月份)?[.。]?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_SHORT_YEAR = re.compile(r"^(\d{2})\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*[日号]?|月)?$")
_YEAR = re.compile(r"^(\d{4})\s*年?$")


class BadDate(ValueError):
    """`code` is one of the message codes: bad_date, two_digit_year, year_only, ambiguous_month, no_such_day."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date; `whole` is False where the day was not written and the first stands in."""

    day: date
    whole: bool = True


def read_date(cell: Cell) -> ReadDate:
    """Read 2019-03-05, 2019/3/5, 2019.3.5, 20190305, 2019年3月5日, year-months, serials and date cells.

    Raises BadDate: two-digit years are never completed, since 45.3 may be 1945 or 2045.
    """
    if isinstance(cell, datetime):
        return ReadDate(cell.date())
    if isinstance(cell, date):
        return ReadDate(cell)
    if isinstance(cell, bool):
        raise BadDate("bad_date")
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    return _from_text(text_of(cell))


def _from_number(number: float) -> ReadDate:
    if not isfinite(number):
        raise BadDate("bad_date")
    if number.is_integer():
        whole = int(number)
        if whole in _EXCEL_DAYS:
            return ReadDate(_EXCEL_ORIGIN + timedelta(days=whole))
        return _from_text(str(whole))
    if 1900 <= number < 2100:
        # 2019.10 typed as a number is stored as 2019.1.
        year, _dot, month = f"{number:.2f}".partition(".")
        if month.endswith("0"):
            raise BadDate("ambiguous_month")
        return ReadDate(_day(int(year), int(month), 1), whole=False)
    if int(number) in _EXCEL_DAYS:
        return ReadDate(_EXCEL_ORIGIN + timedelta(days=int(number)))
    raise BadDate("bad_date")


def _from_text(text: str) -> ReadDate:
    text = _TIME.sub("", half_width(text)).strip()
    if found := _SEPARATED.match(text) or _COMPACT.match(text):
        year, month, day = found.groups()
        return ReadDate(_day(int(year), int(month), int(day or 1)), whole=day is not None)
    if _SHORT_YEAR.match(text):
        raise BadDate("two_digit_year")
    if _YEAR.match(text):
        raise BadDate("year_only")
    if text.isdecimal() and int(text) in _EXCEL_DAYS:
        return ReadDate(_EXCEL_ORIGIN + timedelta(days=int(text)))
    # 05/03/2019 is March in one country and May in another.
    raise BadDate("bad_date")


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDate("no_such_day") from None


def months_between(start: date, end: date) -> int:
    """Whole calendar months from start to end; an anniversary on a missing day falls on the month's end."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if end.day >= start.day or (end + timedelta(days=1)).day == 1 else months - 1


def years_between(start: date, end: date) -> int:
    """Whole years, as ages are counted."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
