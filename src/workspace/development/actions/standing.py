"""What a case does to the person's line in the register. One function, for everything that changes it."""

from datetime import date
from typing import Any

from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.models import Member

_CATEGORIES = {
    "applied": Member.Category.APPLICANT,
    "activist": Member.Category.ACTIVIST,
    "development_object": Member.Category.DEVELOPMENT_OBJECT,
    "admitted": Member.Category.PROBATIONARY,
    "converted": Member.Category.FULL,
}


def stand(member: Member, kind: str, *, on: date | None, basis: str, by: User, months: int | None = None) -> None:
    """The person has become an activist, was admitted, …; `on` is the day it counts from."""
    values: dict[str, Any] = {}
    if kind in _CATEGORIES:
        values["category"] = _CATEGORIES[kind]
    if kind == "admitted":
        values["joined_on"], values["converted_on"] = on, None
    if kind == "converted":
        values["converted_on"] = on
    if kind == "extended":
        values["probation_extension"] = months
    if kind == "cancelled":
        values |= {"left_on": on, "left_for": Member.Leaving.ENDED, "left_note": "取消预备党员资格"}
    put(member, values, basis=basis, by=by)


def stand_back(member: Member, kind: str, *, reason: str, by: User) -> None:
    """It was recorded wrongly: the person is again what they were before."""
    values: dict[str, Any] = {}
    match kind:
        case "admitted":
            values = {"category": Member.Category.DEVELOPMENT_OBJECT, "joined_on": None}
        case "converted":
            values = {"category": Member.Category.PROBATIONARY, "converted_on": None}
        case "extended":
            values = {"probation_extension": None}
        case "development_object":
            values = {"category": Member.Category.ACTIVIST}
        case "activist":
            values = {"category": Member.Category.APPLICANT}
        case "cancelled":
            values = {"left_on": None, "left_for": "", "left_note": ""}
    put(member, values, basis=reason, by=by)


def put(member: Member, values: dict[str, Any], *, basis: str, by: User) -> None:
    """Write what really changes, with a line in the record."""
    changed = {name: value for name, value in values.items() if getattr(member, name) != value}
    if not changed:
        return
    told = {name: [_plain(getattr(member, name)), _plain(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(member, name, value)
    member.save(update_fields=[*changed])
    audit.record("member.changed", of=member, by=by, details={"changed": told, "basis": basis})


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) or value is None else str(value)
