"""One entry of the register, judged. Dates are judged by the import's own rules, so that both say the same."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from shared.codes.people import FULL, MEMBERS
from shared.identity.citizen import BadCitizenNumber, read_citizen_number
from workspace.members.importing import membership
from workspace.members.importing.drafts import Draft
from workspace.members.importing.tables import SourceRow
from workspace.quality.checks import BY_CODE

STALE = timedelta(days=730)
UNCHECKED = timedelta(days=365)
AT_ONCE = timedelta(hours=24)  # what was changed on the day of its import was not looked at since
_ALWAYS = ("citizen_number", "birth_date", "sex", "ethnic_group", "education", "phone")
_NOWHERE = SourceRow(0, ())


class Entry(NamedTuple):
    """What is read of a member; the fields are called as the columns."""

    pk: int
    unit_id: int
    name: str
    category: str
    citizen_number: str | None
    birth_date: date | None
    sex: str
    ethnic_group: str
    education: str
    phone: str
    joined_on: date | None
    converted_on: date | None
    probation_extension: int | None
    is_stale: bool
    is_unchecked: bool


def ages(at: datetime) -> "dict[str, ExpressionWrapper[Q]]":
    """How long ago people looked at an entry, for the database to say: times of twenty thousand take long to read."""
    stale = Q(updated_at__lt=at - STALE)
    unchecked = Q(created_at__lt=at - UNCHECKED, updated_at__lt=F("created_at") + AT_ONCE)
    asked = {"is_stale": stale, "is_unchecked": unchecked}
    return {name: ExpressionWrapper(said, output_field=BooleanField()) for name, said in asked.items()}


def judged(entry: Entry, *, on: date) -> Iterator[str]:
    """The codes of what is wrong with it, but for being there twice."""
    yield from _missing(entry)
    yield from _number(entry)
    yield from _dates(entry, on)
    if entry.is_stale:
        yield "stale"
    elif entry.is_unchecked:
        yield "unchecked"


def _missing(entry: Entry) -> Iterator[str]:
    for column in _ALWAYS:
        if not getattr(entry, column):
            yield f"no_{column}"
    if entry.category in MEMBERS and entry.joined_on is None:
        yield "no_joined_on"
    if entry.category == FULL and entry.converted_on is None:
        yield "no_converted_on"


def _number(entry: Entry) -> Iterator[str]:
    if not entry.citizen_number:
        return
    try:
        said = read_citizen_number(entry.citizen_number)
    except BadCitizenNumber:
        yield "bad_number"
        return
    if entry.birth_date and entry.birth_date != said.birth_date:
        yield "birth_conflict"
    if entry.sex in {"1", "2"} and entry.sex != said.sex:
        yield "sex_conflict"


def _dates(entry: Entry, on: date) -> Iterator[str]:
    values: dict[str, Any] = {
        name: getattr(entry, name)
        for name in ("category", "birth_date", "joined_on", "converted_on", "probation_extension")
    }
    row = Draft(_NOWHERE, values)
    membership.judge(row, on)
    yield from (problem.code for problem in row.problems if problem.code in BY_CODE)
