"""What goes along when units merge, handed over by the apps above that keep it: people, roles, plans, questions.

An app that keeps something on units registers a handover in its `ready()`. Merging asks all of them; what none of them
takes along stands in the way of closing the merged units, as ever (`counters`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from workspace.accounts.models import User
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Going:
    """From which units to which one, from which day, why, by whom."""

    origins: Sequence[Unit]
    to: Unit
    on: date
    why: str
    by: User


@dataclass(frozen=True)
class Handover:
    """`count` says how many things would go along; `hand_over` takes them there and answers with their keys."""

    name: str
    label: str | Promise
    count: Callable[[Sequence[Unit]], int]
    hand_over: Callable[[Going], list[int]]
    order: int = 50


_handovers: dict[str, Handover] = {}


def register(handover: Handover) -> None:
    """Add a handover; a second one of the same name replaces the first."""
    _handovers[handover.name] = handover


def handovers() -> list[Handover]:
    return sorted(_handovers.values(), key=lambda one: one.order)


def counted(origins: Sequence[Unit]) -> list[tuple[str, int]]:
    """What would go along, in words and numbers; what there is none of is left out."""
    found = [(str(one.label), one.count(origins)) for one in handovers()]
    return [(label, number) for label, number in found if number]


def hand_over(going: Going) -> dict[str, list[int]]:
    """Everything goes. The keys of what went, by the name of its handover."""
    gone = {one.name: one.hand_over(going) for one in handovers()}
    return {name: keys for name, keys in gone.items() if keys}
