"""A month in an address: `2026-11`. Nonsense gives the running month, never an error."""

import re
from datetime import date

from rules.workdays import add_months

_MONTH = re.compile(r"(\d{4})-(\d{1,2})\Z")
FIRST_YEAR, LAST_YEAR = 2000, 2099


def month_from(text: str, *, today: date) -> date:
    """Its first day."""
    return read(text) or today.replace(day=1)


def read(text: str) -> date | None:
    """The first day of the month that was typed; None when it is none."""
    found = _MONTH.match(text.strip())
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None


def shown(month: date) -> str:
    return f"{month:%Y-%m}"


def around(month: date) -> tuple[str, str]:
    """The months before and after, as addresses say them."""
    return shown(add_months(month, -1)), shown(add_months(month, 1))
