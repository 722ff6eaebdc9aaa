"""Lists of members that apps above draw up: taken away under the same rules as the register itself.

An address names one by `?list=<name>`; what else it holds is the list's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from workspace.accounts.models import User

PARAMETER = "list"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """`keys` are what an address may say; `members` narrows, for a person, or raises Http404; `words` tells it."""

    keys: tuple[str, ...]
    members: Callable[[User, Mapping[str, Any]], Q]
    words: Callable[[User, Mapping[str, Any]], str]


_known: dict[str, Drawn] = {}


def register(name: str, drawn: Drawn) -> None:
    """Called from the `ready()` of the app that draws the list."""
    _known[name] = drawn


def drawn_by(query: Mapping[str, Any]) -> Drawn | None:
    """The list that an address names, if it names one."""
    return _known.get(str(query.get(PARAMETER, "")))


def kept_of(drawn: Drawn, query: Mapping[str, Any]) -> dict[str, str]:
    """What of an address names the list and narrows it."""
    return {name: str(query[name]) for name in (PARAMETER, *drawn.keys) if query.get(name)}
