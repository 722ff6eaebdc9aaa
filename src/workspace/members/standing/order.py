"""In which order events of one member count: by their day, and on one day by what can only come first."""

from collections.abc import Iterable
from typing import Any

from workspace.members.models.event import Event

Kind = Event.Kind
# Kinds in one group keep the order in which they were recorded: back and forth on one day is possible.
_GROUPS: tuple[tuple[str, ...], ...] = (
    (Kind.APPLIED,),
    (Kind.ACTIVIST,),
    (Kind.DEVELOPMENT_OBJECT,),
    (Kind.ADMITTED,),
    (Kind.TRANSFERRED_IN, Kind.RETURNED),
    (Kind.MOVED,),
    (Kind.EXTENDED,),
    (Kind.CONVERTED,),
    (Kind.DISCIPLINED,),
    (Kind.DISCIPLINE_ENDED,),
    (Kind.LOST_CONTACT, Kind.FOUND),
    (Kind.FLOATING_OUT, Kind.FLOATING_IN),
    (Kind.HONOURED, Kind.APPRAISED, Kind.HELPED),
    (Kind.CANCELLED, Kind.REMOVED, Kind.TRANSFERRED_OUT, Kind.LEFT_OTHERWISE),
    (Kind.DIED,),
    (Kind.CORRECTED,),
)
_RANK = {kind: rank for rank, kinds in enumerate(_GROUPS, start=1) for kind in kinds}


def in_order(events: Iterable[Event]) -> list[Event]:
    """The registration first, whatever its day: it is what the others amend."""
    return sorted(events, key=_key)


def _key(event: Event) -> tuple[Any, ...]:
    if event.kind == Kind.REGISTERED:
        return (0, event.on, 0, event.at, event.pk or 0)
    # One that has no key yet is the newest.
    return (1, event.on, _RANK[event.kind], event.at, event.pk or float("inf"))
