"""The part that all ways of recording share: a locked member, checked events, columns that follow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shared.clock import today
from workspace.accounts.models import User
from workspace.members.actions.events import refusals
from workspace.members.actions.events.legality import check, check_without
from workspace.members.actions.events.projecting import project
from workspace.members.actions.events.registering import events_of
from workspace.members.models import Event, Member
from workspace.members.standing.details import WrongDetail, clean
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Happening:
    """One event to record. `unit` is where it happened, the member's own when not said."""

    member: Member
    kind: str
    on: date
    basis: str = ""
    unit: Unit | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def write(row: Member, happenings: Iterable[Happening], *, by: User | None, at: datetime) -> list[Event]:
    """Events of one member, whose row is locked. Raises an EventRefused."""
    events = events_of([row])[row.pk]
    made = []
    for each in happenings:
        new = fitting(row, events, each, by=by, at=at)
        new.save()
        events.append(new)
        made.append(new)
    project(row, events)
    return made


def strike(row: Member, event: Event, *, by: User | None, reason: str, at: datetime) -> Event:
    """Void one event of a member, whose row is locked. Raises AlreadyVoided, RegistrationStays, LaterDisagrees."""
    events = events_of([row])[row.pk]
    gone = next((each for each in events if each.pk == event.pk), None)
    if gone is None:
        raise refusals.AlreadyVoided
    if gone.kind == Event.Kind.REGISTERED:
        raise refusals.RegistrationStays
    check_without(row, events, gone)
    gone.voided_at, gone.voided_by, gone.voided_for = at, by, reason.strip()[:200]
    gone.save(update_fields=["voided_at", "voided_by", "voided_for"])
    project(row, [each for each in events if each is not gone])
    return gone


def fitting(row: Member, events: list[Event], said: Happening, *, by: User | None, at: datetime) -> Event:
    """The event, unsaved, that fits among the others. Raises an EventRefused."""
    kind = Event.Kind(said.kind)
    if said.on > today():
        raise refusals.InTheFuture
    details = dict(said.details)
    if kind == Event.Kind.MOVED:
        details.setdefault("from", row.unit_id)
    try:
        stored = clean(kind, details)
    except WrongDetail as wrong:
        raise refusals.DetailWrong(kind=kind.label, field=wrong.field) from wrong
    new = Event(
        member=row,
        kind=kind,
        on=said.on,
        basis=said.basis.strip()[:200],
        unit_id=said.unit.pk if said.unit else _own_unit(row, kind),
        details=stored,
        by=by,
        at=at,
    )
    check(row, events, new)
    return new


def _own_unit(row: Member, kind: str) -> int | None:
    return None if kind in {Event.Kind.MOVED, Event.Kind.TRANSFERRED_IN} else row.unit_id
