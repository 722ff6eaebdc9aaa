"""Where a member stands (党员现状): worked out from the member's events, by a function that asks nothing else."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from workspace.members.models.event import Event
from workspace.members.standing.ledger import Ledger
from workspace.members.standing.order import in_order
from workspace.members.standing.standing import Standing

__all__ = ["DERIVED", "Ledger", "Standing", "columns", "derive", "in_order"]

# The columns of a member that only events write.
DERIVED = (
    "unit_id",
    "category",
    "joined_on",
    "converted_on",
    "probation_extension",
    "is_floating",
    "is_lost_contact",
    "left_on",
    "left_for",
    "left_note",
)


def derive(events: Iterable[Event], *, on: date = date.max) -> Standing:
    """Where a member with these events stands on a day, at the end of all by default. Voided events must be left out.

    The order of the events does not matter: their days do.
    """
    ledger = Ledger()
    for event in in_order(events):
        ledger.take(event)
    return ledger.standing(on)


def columns(standing: Standing) -> dict[str, Any]:
    """The member's columns that follow. A unit or category that events do not know is left as it is."""
    found = {name: getattr(standing, name) for name in DERIVED}
    found["left_note"] = standing.left_note[:_NOTE]
    return {name: value for name, value in found.items() if value or name not in _NEVER_EMPTY}


_NOTE = 200
_NEVER_EMPTY = frozenset({"unit_id", "category"})
