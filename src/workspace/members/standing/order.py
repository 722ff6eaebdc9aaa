"""In which order events of one member count: by their day, and on one day by what can only come first."""

from collections.abc import Iterable
from datetime import date
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


_BACK = frozenset({Kind.TRANSFERRED_IN, Kind.RETURNED})
_GONE = frozenset({Kind.CANCELLED, Kind.REMOVED, Kind.TRANSFERRED_OUT, Kind.LEFT_OTHERWISE})


def in_order(events: Iterable[Event]) -> list[Event]:
    """The registration first, whatever its day: it is what the others amend."""
    rows = list(events)
    gone = [(event.on, _recorded(event)) for event in rows if event.kind in _GONE]
    # Who came back on the day they left begins a second stay; what was recorded from then on belongs to it.
    back = [
        (event.on, _recorded(event))
        for event in rows
        if event.kind in _BACK and any(on == event.on and at < _recorded(event) for on, at in gone)
    ]
    return sorted(rows, key=lambda event: _key(event, back))


def _key(event: Event, back: list[tuple[date, tuple[Any, ...]]]) -> tuple[Any, ...]:
    if event.kind == Kind.REGISTERED:
        return (0, event.on, 0, 0, event.at, event.pk or 0)
    stay = sum(on == event.on and at <= _recorded(event) for on, at in back)
    return (1, event.on, stay, _RANK[event.kind], *_recorded(event))


def _recorded(event: Event) -> tuple[Any, ...]:
    """One that has no key yet is the newest."""
    return event.at, event.pk or float("inf")
