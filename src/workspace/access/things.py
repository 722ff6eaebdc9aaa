"""What a question of access can be about besides a unit: apps above register their nouns.

A thing stands on a unit, and may be about a person who always sees it: their own record.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from workspace.accounts.models import User
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Thing:
    label: str
    unit: Unit
    owner_id: int | None = None


# (key, visible_to=reader) → the thing, or None where the reader may not know of it
Find = Callable[[int, User], Thing | None]
_kinds: dict[str, tuple[Promise, Find]] = {}


def register(kind: str, label: Promise, find: Find) -> None:
    """Called from the `ready()` of the app that owns the noun."""
    _kinds[kind] = (label, find)


def find(kind: str, pk: int, *, visible_to: User) -> Thing | None:
    """The thing, or None for an unknown kind and for one the reader may not know of."""
    known = _kinds.get(kind)
    return known[1](pk, visible_to) if known else None


def kinds() -> list[str]:
    return sorted(_kinds)
