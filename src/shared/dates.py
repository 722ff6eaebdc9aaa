"""Dates as people in offices write them."""

import re
import unicodedata
from datetime import date

# 2026-11-23 · 2026/11/23 · 2026.11.23 · 2026年11月23日 · 20261123
_FORMS = (
    re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


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
