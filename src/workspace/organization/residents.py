"""The people of a unit, as splitting it needs them: asked here, answered by the app that keeps the register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.accounts.models import User
from workspace.organization.models import Unit
from workspace.organization.visibility import units_where


class MayNotMovePeople(NotAllowed):
    message = _("{unit}里有人员，您没有调整党员的权限，不能办理。请联系管理党员的同事。")


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody whose place is this very unit. `note` says what they are: 正式党员, 书记."""

    pk: int
    name: str
    note: str
    is_full: bool
    is_member: bool


@dataclass(frozen=True, slots=True)
class Register:
    """`of(unit)` lists its people by name; `move(keys, to, on, why, by)` puts them elsewhere, with their history."""

    of: Callable[[Unit], list[Resident]]
    move: Callable[[Sequence[int], Unit, date, str, User], None]


_answers: dict[str, Register] = {}


def answer_with(register: Register) -> None:
    """Called once, from the `ready()` of the app that keeps the register."""
    _answers["register"] = register


def residents(unit: Unit) -> list[Resident]:
    found = _answers.get("register")
    return found.of(unit) if found else []


def shown_to(user: User, unit: Unit) -> list[Resident]:
    """The people of the unit, for somebody who may change their lines; nobody for others."""
    return residents(unit) if _may_move(user, unit) else []


def refuse_mover(user: User, unit: Unit) -> None:
    """Raise MayNotMovePeople when there are people whose lines this person may not change."""
    if not _may_move(user, unit) and residents(unit):
        raise MayNotMovePeople(unit=unit)


def _may_move(user: User, unit: Unit) -> bool:
    return units_where(user, "member.change").filter(pk=unit.pk).exists()


def move(keys: Sequence[int], *, to: Unit, on: date, why: str, by: User) -> None:
    """Put these people into `to`."""
    found = _answers.get("register")
    if found and keys:
        found.move(keys, to, on, why, by)
