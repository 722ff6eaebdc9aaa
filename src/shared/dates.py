"""Dates as people in offices write them."""

import re
import unicodedata
from datetime import date

# 2026-11-23 · 2026/11/23 · 2026.11.23 · 2026年11月23日 · 20261123
_FORMS = (
    re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)

_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
FIRST_YEAR, LAST_YEAR = 2000, 2099  # of months that are typed


def parse_month(text: str) -> date | None:
    """The first day of a month: 2026-11 · 2026年11月; None when it is none."""
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None


def parse_date(text: str) -> date | None:
    """Read a full date, full-width digits included; None when it is not one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for form in _FORMS:
        if found := form.fullmatch(plain):
            year, month, day = map(int, found.groups())
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None
