"""The first event of a member: what the register took over."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from shared.clock import day_of
from workspace.accounts.models import User
from workspace.members.models import Event, Member
from workspace.members.standing.details import clean

Kind = Event.Kind
Leaving = Member.Leaving
_SAID = ("category", "joined_on", "converted_on", "probation_extension", "is_floating", "is_lost_contact")
LEAVING = {
    Leaving.TRANSFERRED: Kind.TRANSFERRED_OUT,
    Leaving.DECEASED: Kind.DIED,
    Leaving.ENDED: Kind.REMOVED,
    Leaving.MISTAKE: Kind.LEFT_OTHERWISE,
    Leaving.OTHER: Kind.LEFT_OTHERWISE,
}


def register_many(
    members: Iterable[Member], *, on: date, by: User | None, at: datetime, basis: str = "", batch: int | None = None
) -> list[Event]:
    """Write the registration of new members from their columns, in one statement."""
    about = {"batch": batch} if batch else {}
    return Event.objects.bulk_create(
        registration(member, on=on, by=by, at=at, basis=basis, details=about) for member in members
    )


def registration(
    member: Member, *, on: date, by: User | None, at: datetime, basis: str = "", details: dict[str, Any] | None = None
) -> Event:
    """Unsaved: the columns as they are."""
    said = {name: getattr(member, name) for name in _SAID}
    stored = clean(Kind.REGISTERED, {name: value for name, value in said.items() if value} | (details or {}))
    return Event(
        member=member,
        kind=Kind.REGISTERED,
        on=on,
        basis=basis[:200],
        unit_id=member.unit_id,
        details=stored,
        by=by,
        at=at,
    )


def assumed(member: Member) -> list[Event]:
    """Unsaved: what the events of a member must have been who has none, as its columns tell."""
    at = member.created_at
    found = [registration(member, on=day_of(at), by=None, at=at)]
    if member.left_on:
        kind = LEAVING.get(Leaving(member.left_for or Leaving.OTHER), Kind.LEFT_OTHERWISE)
        details = _why_left(kind, member.left_for)
        found.append(
            Event(
                member=member,
                kind=kind,
                on=member.left_on,
                basis=member.left_note,
                unit_id=member.unit_id,
                details=details,
                at=at,
            )
        )
    return found


def _why_left(kind: str, left_for: str) -> dict[str, str]:
    """Columns know no kind of removal, only that there was one."""
    return {"left_for": left_for or Leaving.OTHER} if kind == Kind.LEFT_OTHERWISE else {}


def events_of(members: Sequence[Member]) -> dict[int, list[Event]]:
    """The standing events of each, by the member's key; those of a member without any are written first."""
    found: dict[int, list[Event]] = {member.pk: [] for member in members}
    for event in Event.objects.standing().filter(member__in=found):
        found[event.member_id].append(event)
    missing = [event for member in members if not found[member.pk] for event in assumed(member)]
    for event in Event.objects.bulk_create(missing):
        found[event.member_id].append(event)
    return found
