"""A month in an address: `2026-11`. Nonsense gives the running month, never an error."""

from datetime import date

from rules.workdays import add_months
from shared.dates import parse_month


def month_from(text: str, *, today: date) -> date:
    """Its first day."""
    return parse_month(text) or today.replace(day=1)


def shown(month: date) -> str:
    return f"{month:%Y-%m}"


def around(month: date) -> tuple[str, str]:
    """The months before and after, as addresses say them."""
    return shown(add_months(month, -1)), shown(add_months(month, 1))
