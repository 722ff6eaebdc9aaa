"""People go to another branch because the tree was rearranged: nobody asks them, and those who left go along."""

from collections.abc import Sequence
from datetime import date, datetime

from workspace.accounts.models import User
from workspace.members.actions.events.registering import events_of
from workspace.members.models import Event, Member
from workspace.organization.models import Unit

ARRIVALS = (Event.Kind.MOVED, Event.Kind.TRANSFERRED_IN)


def relocate(people: Sequence[Member], *, to: Unit, on: date, why: str, by: User, at: datetime) -> None:
    """Write a move for each, in one statement; no earlier than the last one. The columns are written by the caller."""
    going = [member for member in people if member.unit_id != to.pk]
    if not going:
        return
    before = events_of(going)
    Event.objects.bulk_create(
        Event(
            member=member,
            kind=Event.Kind.MOVED,
            on=max([on, *(event.on for event in before[member.pk] if event.kind in ARRIVALS)]),
            basis=why[:200],
            unit=to,
            details={"from": member.unit_id},
            by=by,
            at=at,
        )
        for member in going
    )
