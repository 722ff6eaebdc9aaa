"""Members that are already registered, looked up by the rows of a sheet, and what a row would change.

The policy for what is already here:

- An empty cell never erases anything.
- A field that is empty here is filled.
- A field that was changed here on or after the day the file speaks for (`as_of`) is newer than the file:
  it is kept, and the row says so.
- Where a person stands (branch, category, lost contact, floating, conversion) is changed by an event with
  a date and a document, not by a spreadsheet: the difference is shown and not applied.
- Everything else takes the file's value, shown old → new, field by field, before anything is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from shared.spreadsheets.cells import line_of
from workspace.members.importing.cleaning import Value
from workspace.members.importing.columns import BY_NAME, Kind
from workspace.members.importing.problems import Problem, warning
from workspace.members.importing.units import UnitIndex

EVENT_FIELDS = frozenset({"unit", "category", "is_lost_contact", "is_floating", "conversion_status"})


@dataclass(frozen=True)
class ExistingMember:
    """A registered member in plain values, named as the columns are; codes as codes, the unit as its key.

    `changed_on` says when a field was last changed, where that is known.
    """

    key: str
    values: Mapping[str, Value]
    changed_on: Mapping[str, date] = field(default_factory=dict)


class Lookup(Protocol):
    """What the engine asks of the register."""

    def by_citizen_number(self, number: str) -> ExistingMember | None: ...

    def by_name_and_birth(self, name: str, birth: date) -> Sequence[ExistingMember]: ...


class ExistingIndex:
    """A Lookup over members read beforehand: two queries for a roster instead of two thousand."""

    def __init__(self, members: Iterable[ExistingMember] = ()) -> None:
        self._by_number: dict[str, ExistingMember] = {}
        self._by_name: dict[tuple[str, date], list[ExistingMember]] = defaultdict(list)
        for member in members:
            if isinstance(number := member.values.get("citizen_number"), str) and number:
                self._by_number[number] = member
            name, birth = member.values.get("name"), member.values.get("birth_date")
            if isinstance(name, str) and isinstance(birth, date):
                self._by_name[name, birth].append(member)

    def by_citizen_number(self, number: str) -> ExistingMember | None:
        return self._by_number.get(number)

    def by_name_and_birth(self, name: str, birth: date) -> Sequence[ExistingMember]:
        return self._by_name.get((name, birth), ())


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one member, old → new, as values."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Differences:
    """What to apply, and what was held back with the reason for each."""

    changes: tuple[Change, ...] = ()
    held: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def differences(member: ExistingMember, values: Mapping[str, Value], *, as_of: date, units: UnitIndex) -> Differences:
    """Compare a row with a registered member under the policy above."""
    changes, held, problems = [], [], []
    by_event = _changed_by_event(member, values)
    for name, new in values.items():
        old = member.values.get(name)
        if new in (None, "") or BY_NAME[name].computed or _same(name, old, new):
            continue
        change = Change(name, old, new)
        if name in by_event:
            held.append(change)
            problems.append(_held(change, "needs_event", units))
        elif old in (None, ""):
            changes.append(change)
        elif (when := member.changed_on.get(name)) and when >= as_of:
            held.append(change)
            problems.append(_held(change, "newer_here", units, date=when))
        else:
            changes.append(change)
    return Differences(tuple(changes), tuple(held), tuple(problems))


def _same(name: str, old: Value, new: Value) -> bool:
    """Equal as a sheet shows them, what reading a cell takes out left aside."""
    return old == new or line_of(shown(name, old)) == shown(name, new)


def _changed_by_event(member: ExistingMember, values: Mapping[str, Value]) -> set[str]:
    """The fields that this row may not touch: standing that is already known, and a conversion as a whole."""
    known = {name for name in EVENT_FIELDS if member.values.get(name) not in (None, "")}
    if "category" in known and values.get("category") not in (None, member.values["category"]):
        known.add("converted_on")
    return known


def _held(change: Change, code: str, units: UnitIndex, **values: Any) -> Problem:
    old, new = (shown(change.field, value, units) for value in (change.old, change.new))
    return warning(change.field, code, old=old, new=new, **values)


def shown(name: str, value: Value, units: UnitIndex | None = None) -> str:
    """A value in the words of the official sheet: 男, 是, 2019-03-05, the unit's name. None is ""."""
    about = BY_NAME[name]
    if value is None:
        return ""
    if about.kind is Kind.BOOLEAN:
        return "是" if value else "否"
    if about.kind is Kind.CODE and about.codes and (entry := about.codes.get(str(value))):
        return entry.zh
    if about.kind is Kind.UNIT and units and (unit := units.by_key.get(str(value))):
        return unit.name
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
