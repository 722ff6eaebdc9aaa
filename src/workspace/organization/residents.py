"""The people of a unit, as splitting it needs them: asked here, answered by the app that keeps the register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from workspace.accounts.models import User
from workspace.organization.models import Unit


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


def move(keys: Sequence[int], *, to: Unit, on: date, why: str, by: User) -> None:
    """Put these people into `to`."""
    found = _answers.get("register")
    if found and keys:
        found.move(keys, to, on, why, by)
