"""What the admission rules say about the dates of a row: a check of paper, no decision.

Articles are of 《中国共产党发展党员工作细则》: 5 (eighteen years), 31–33 (a year of probation, extended once by
6 to 12 months, years in the Party counted from conversion).
"""

import calendar
from datetime import date
from typing import TYPE_CHECKING

from shared.codes.people import FULL, MEMBERS, PROBATIONARY
from shared.spreadsheets.dates import months_between, years_between
from workspace.members.importing.existing import shown
from workspace.members.importing.problems import Problem, error, warning

if TYPE_CHECKING:
    from workspace.members.importing.drafts import Draft

_ADULT = 18
_PROBATION_MONTHS = 12
_EXTENSION_MONTHS = range(6, 13)
# Before the statutes of 1956 took hold younger people were admitted; between 1969 and 1977 nobody was on
# probation. From general knowledge, so what is older is only warned about.
_YOUNG_UNTIL = 1956
_PROBATION_SINCE = 1978


def is_member(category: str) -> bool:
    """Whether a person of this category has been admitted. An unknown category counts as a member."""
    return category in MEMBERS or not category


def judge(row: "Draft", on: date) -> None:
    """Add what is wrong with joining, conversion and years in the Party."""
    row.problems += _joining(row)
    row.problems += _conversion(row, on)
    row.problems += _party_age(row, on)


def _joining(row: "Draft") -> list[Problem]:
    category, born, joined = row.text("category"), row.day("birth_date"), row.day("joined_on")
    if joined and not is_member(category):
        return [error("joined_on", "not_yet_member", category=shown("category", category))]
    if not (born and joined):
        return []
    if joined <= born:
        return [error("joined_on", "joined_before_birth", date=joined)]
    if (years := years_between(born, joined)) < _ADULT:
        say = error if joined.year > _YOUNG_UNTIL else warning
        return [say("joined_on", "joined_young", years=years)]
    return []


def _conversion(row: "Draft", on: date) -> list[Problem]:
    category, joined, converted = row.text("category"), row.day("joined_on"), row.day("converted_on")
    extension = row.values.get("probation_extension")
    found = []
    if isinstance(extension, int) and extension not in _EXTENSION_MONTHS:
        found.append(warning("probation_extension", "bad_extension"))
    if converted and category == PROBATIONARY:
        found.append(error("converted_on", "probationary_converted"))
    if not converted and category == FULL and not row.blames("converted_on"):
        found.append(warning("converted_on", "conversion_missing"))
    if joined and converted:
        found += _probation(joined, converted)
    if joined and not converted and category == PROBATIONARY:
        months = _PROBATION_MONTHS + (extension if isinstance(extension, int) and extension > 0 else 0)
        if (due := _months_after(joined, months)) < on:
            found.append(warning("converted_on", "probation_overdue", date=due))
    return found


def _probation(joined: date, converted: date) -> list[Problem]:
    if converted < joined:
        return [error("converted_on", "converted_before_joined", date=converted, joined=joined)]
    months = months_between(joined, converted)
    if months < _PROBATION_MONTHS and joined.year >= _PROBATION_SINCE:
        return [warning("converted_on", "converted_early", months=months)]
    return []


def _party_age(row: "Draft", on: date) -> list[Problem]:
    """A stated party age is only compared; a year's play covers when the sheet was made."""
    stated = row.values.pop("party_age", None)
    correction = row.values.get("party_age_correction_months")
    years = party_age(row.day("converted_on"), correction=correction, on=on)
    if isinstance(stated, int) and years is not None and abs(stated - years) > 1:
        return [warning("party_age", "party_age_differs", text=stated, years=years)]
    return []


def party_age(converted: date | None, *, correction: object = 0, on: date) -> int | None:
    """Whole years in the Party: from conversion, corrected by months. None before conversion."""
    if converted is None or converted > on:
        return None
    months = months_between(converted, on) + (correction if isinstance(correction, int) else 0)
    return max(months, 0) // 12


def _months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
