"""What an event says beyond its day and basis, checked before it is stored as JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.codes.people import PERSON_CATEGORIES
from workspace.members.models.event import Event
from workspace.members.standing.words import Grade, Help, LostReason, Punishment, Removal, Seen

Kind = Event.Kind
LONGEST = 300
CORRECTABLE = (
    "category",
    "joined_on",
    "converted_on",
    "probation_extension",
    "is_floating",
    "is_lost_contact",
)


class WrongDetail(ValueError):
    """`field` holds something that an event of this kind cannot say."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Slot:
    """One field: how a given value becomes a stored one (ValueError when it cannot), and whether it must be there."""

    read: Callable[[Any], Any]
    is_needed: bool = False


def _day(value: Any) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()


def _text(value: Any) -> str:
    return str(value)[:LONGEST]


def _whole(value: Any) -> int:
    return int(str(value))


def _truth(value: Any) -> bool:
    return bool(value)


def _one_of(choices: Any) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        return str(choices(str(value)).value)

    return read


def _category(value: Any) -> str:
    if not PERSON_CATEGORIES.get(str(value)):
        raise ValueError(value)
    return str(value)


_BASELINE = {
    "category": Slot(_category),
    "joined_on": Slot(_day),
    "converted_on": Slot(_day),
    "probation_extension": Slot(_whole),
    "is_floating": Slot(_truth),
    "is_lost_contact": Slot(_truth),
}
_SEEN = {"seen_by": Slot(_one_of(Seen))}
# They cost posts or the vote: whoever runs the branch has to know.
PUBLIC_ENOUGH = (Punishment.DISMISSAL, Punishment.OBSERVATION)
SLOTS: dict[str, dict[str, Slot]] = {
    Kind.REGISTERED: {**_BASELINE, "category": Slot(_category, is_needed=True)},
    Kind.EXTENDED: {"months": Slot(_whole, is_needed=True)},
    Kind.TRANSFERRED_IN: {"origin": Slot(_text)},
    Kind.TRANSFERRED_OUT: {"destination": Slot(_text)},
    Kind.MOVED: {"from": Slot(_whole)},
    Kind.FLOATING_OUT: {"place": Slot(_text)},
    Kind.LOST_CONTACT: {"reason": Slot(_one_of(LostReason))},
    Kind.DISCIPLINED: {"punishment": Slot(_one_of(Punishment), is_needed=True), "until": Slot(_day), **_SEEN},
    Kind.DISCIPLINE_ENDED: _SEEN,
    Kind.HONOURED: {"title": Slot(_text, is_needed=True), "giver": Slot(_text)},
    Kind.APPRAISED: {"year": Slot(_whole, is_needed=True), "grade": Slot(_one_of(Grade), is_needed=True)},
    Kind.HELPED: {"help": Slot(_one_of(Help), is_needed=True), **_SEEN},
    Kind.REMOVED: {"removal": Slot(_one_of(Removal))},
    Kind.LEFT_OTHERWISE: {"left_for": Slot(_text)},
}
# What any event may refer to: a row by its key, and a remark.
COMMON = {
    "note": Slot(_text),
    "batch": Slot(_whole),
    "case": Slot(_whole),
    "transfer": Slot(_whole),
    "activity": Slot(_whole),
    "correction": Slot(_whole),
    "appraisal": Slot(_whole),
}


def clean(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Details as they are stored: JSON types, nothing empty. Raises WrongDetail, also for a field that nobody knows."""
    if kind == Kind.CORRECTED:
        return {"fields": _corrections(given.get("fields") or {}), **_read(COMMON, given, besides={"fields"})}
    found = _read({**COMMON, **SLOTS.get(kind, {})}, given)
    if found.get("seen_by") == Seen.KEEPER and found.get("punishment") in PUBLIC_ENOUGH:
        raise WrongDetail("seen_by")
    return found


def _read(slots: Mapping[str, Slot], given: Mapping[str, Any], besides: frozenset[str] | set[str] = frozenset()) -> Any:
    for name in given:
        if name not in slots and name not in besides:
            raise WrongDetail(name)
    found = {}
    for name, slot in slots.items():
        value = given.get(name)
        if value in (None, ""):
            if slot.is_needed:
                raise WrongDetail(name)
            continue
        try:
            found[name] = slot.read(value)
        except ValueError as error:
            raise WrongDetail(name) from error
    return found


def _corrections(fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [old, new]}, both as stored; None for nothing."""
    if not fields or not isinstance(fields, Mapping):
        raise WrongDetail("fields")
    found = {}
    for name, pair in fields.items():
        slot = _BASELINE.get(name)
        if slot is None or not isinstance(pair, list | tuple) or len(pair) != 2:
            raise WrongDetail(name)
        try:
            found[name] = [None if value in (None, "") else slot.read(value) for value in pair]
        except ValueError as error:
            raise WrongDetail(name) from error
    if found.get("category", [None, "x"])[1] is None:
        raise WrongDetail("category")
    return found
