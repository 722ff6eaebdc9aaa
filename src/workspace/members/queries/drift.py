"""Members whose columns say something else than their events: none, unless something wrote past the events."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workspace.members.models import Event, Member
from workspace.members.models.member import MemberQuerySet
from workspace.members.standing import columns, derive

_AT_ONCE = 2_000


@dataclass(frozen=True)
class Drift:
    """One member, and the columns that differ: {column: (as it stands, as it follows)}."""

    member: Member
    columns: dict[str, tuple[Any, Any]]


def drifted(members: MemberQuerySet) -> Iterator[Drift]:
    """Members without any event are left out: nothing was taken over yet, and their columns speak for themselves."""
    after = 0
    while rows := list(members.filter(pk__gt=after).order_by("pk")[:_AT_ONCE]):
        after = rows[-1].pk
        events: dict[int, list[Event]] = defaultdict(list)
        for event in Event.objects.standing().filter(member__in=rows):
            events[event.member_id].append(event)
        for member in rows:
            if member.pk in events and (differing := _differing(member, events[member.pk])):
                yield Drift(member, differing)


def _differing(member: Member, events: list[Event]) -> dict[str, tuple[Any, Any]]:
    follows = columns(derive(events))
    return {name: (getattr(member, name), value) for name, value in follows.items() if getattr(member, name) != value}
