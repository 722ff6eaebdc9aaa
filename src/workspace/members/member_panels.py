"""Parts of a member's page that belong to apps above: letters of transfer, times away.

A panel's function gets the member and the reader, and returns what its template needs; None leaves the panel out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workspace.accounts.models import User
from workspace.members.models import Member

Context = Callable[[Member, User], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    name: str
    template: str
    context: Context
    order: int = 50


@dataclass(frozen=True)
class Filled:
    """A panel with the values for one member and one reader; `template` is included with `panel=values`."""

    name: str
    template: str
    values: dict[str, Any]


_panels: dict[str, Panel] = {}


def register(name: str, template: str, context: Context, *, order: int = 50) -> None:
    """Called from an app's `ready()`; a second panel of the same name replaces the first."""
    _panels[name] = Panel(name, template, context, order)


def filled(member: Member, user: User) -> list[Filled]:
    """The panels that have something to say on this member to this reader, in order."""
    found = []
    for panel in sorted(_panels.values(), key=lambda panel: panel.order):
        values = panel.context(member, user)
        if values is not None:
            found.append(Filled(panel.name, panel.template, values))
    return found
