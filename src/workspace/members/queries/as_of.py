"""Where the members of some units stood on a day, for many at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from shared.codes.people import MEMBERS
from workspace.members.models import Event, Member
from workspace.members.standing import Standing, derive
from workspace.members.standing.ledger import as_the_dates_say
from workspace.organization.models import UnitQuerySet

Kind = Event.Kind
# What leaves no trace in where somebody stands.
STORIES = (Kind.HONOURED, Kind.APPRAISED, Kind.HELPED)
_ARRIVALS = (Kind.MOVED, Kind.TRANSFERRED_IN)
COLUMNS = (
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


@dataclass(frozen=True, slots=True)
class Stood:
    """One member on that day: the key, and where they stood (the branch of that day in `standing.unit_id`)."""

    member_id: int
    standing: Standing


def stood(units: UnitQuerySet, *, on: date) -> list[Stood]:
    """Everybody who belonged to one of these units on that day and was present. Three queries, however many people.

    Most people's columns say it: only of those to whom something happened after the day, who were candidates or under
    discipline, the events are read. Where nobody recorded what was before the registration, the registration counts.
    """
    keys = set(units.order_by().values_list("pk", flat=True))
    events = _events_that_matter(on)
    moved = [key for key, found in events.items() if any(event.kind in _ARRIVALS for event in found)]
    rows = Member.objects.filter(Q(unit__in=units.order_by().values("pk")) | Q(pk__in=moved))
    found = []
    for key, *columns in rows.order_by("pk").values_list("pk", *COLUMNS):
        standing = derive(events[key], on=on) if key in events else from_columns(columns, on)
        if standing.is_present and standing.unit_id in keys:
            found.append(Stood(key, standing))
    return found


def entitled(units: UnitQuerySet, *, on: date) -> list[int]:
    """Keys of the members with a vote in these units on that day."""
    return [each.member_id for each in stood(units, on=on) if each.standing.has_vote]


def _events_that_matter(on: date) -> dict[int, list[Event]]:
    """All standing events of those whose columns, which speak of today, may not speak of that day."""
    later = Event.objects.standing().filter(on__gt=on).exclude(kind__in=(*STORIES, Kind.REGISTERED))
    corrected = Q(kind=Kind.REGISTERED, on__gt=on) & ~Q(member__category__in=MEMBERS)
    unclear = Event.objects.standing().filter(corrected | Q(kind=Kind.DISCIPLINED))
    wanted = later.order_by().values("member").union(unclear.order_by().values("member"))
    by_member: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.standing().filter(member__in=wanted).exclude(kind__in=STORIES):
        by_member[event.member_id].append(event)
    return by_member


def from_columns(values: Iterable[Any], on: date) -> Standing:
    """Where the columns `COLUMNS` of a member to whom nothing happened later say that they stood on a day."""
    said = dict(zip(COLUMNS, values, strict=True))
    if (left := said["left_on"]) and left > on:
        said |= {"left_on": None, "left_for": "", "left_note": ""}
    category, joined, converted = as_the_dates_say(said["category"], said["joined_on"], said["converted_on"], on)
    said |= {"category": category, "joined_on": joined, "converted_on": converted}
    return Standing(is_present=said["left_on"] is None and bool(category), **said)
