"""What happened to members since a day, for many at once: most stood still, and the database counts those by itself."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from shared.codes.people import MEMBERS
from workspace.members.models import Event, Member
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.as_of import COLUMNS, STORIES, from_columns
from workspace.members.standing import Ledger, Standing, in_order

Kind = Event.Kind
# Discipline and an extension change neither where somebody counts nor as what.
_WITHOUT_WEIGHT = (*STORIES, Kind.DISCIPLINED, Kind.DISCIPLINE_ENDED, Kind.EXTENDED)
FACTS = ("sex", "ethnic_group", "birth_date", "education")


@dataclass(frozen=True, slots=True)
class Course:
    """One member since a day: facts that do not change, and where they stood on each day."""

    member_id: int
    facts: tuple[Any, ...]  # in the order of FACTS
    columns: tuple[Any, ...]
    events: list[Event] = field(default_factory=list)
    ledger: Ledger | None = None
    _known: dict[date, Standing] = field(default_factory=dict)

    def at(self, day: date) -> Standing:
        if day not in self._known:
            self._known[day] = self.ledger.standing(day) if self.ledger else from_columns(self.columns, day)
        return self._known[day]

    def days(self, after: date, until: date) -> list[date]:
        """The days from the one after `after` to `until` on which something may have changed."""
        found = {event.on for event in self.events if event.kind != Kind.REGISTERED}
        said = dict(zip(COLUMNS, self.columns, strict=True))
        found |= {said[name] for name in ("joined_on", "converted_on", "left_on") if said[name]}
        if self.ledger:
            for steps in (self.ledger.joined_on, self.ledger.converted_on):
                found |= {value for value in (steps.first, *(new for _on, new in steps.changes)) if value}
        return sorted(day for day in found if after < day <= until)

    def on(self, day: date) -> list[Event]:
        return [event for event in self.events if event.on == day]


def still(since: date) -> MemberQuerySet:
    """Those on the register to whom nothing happened after the day: their columns speak for each day from it on."""
    later = Q(joined_on__gt=since) | Q(converted_on__gt=since)
    return Member.objects.present().exclude(later).exclude(pk__in=_touched(since))


def courses(since: date) -> Iterator[Course]:
    """Everybody else who was on the register on the day or later. Two queries."""
    events: dict[int, list[Event]] = defaultdict(list)
    touched = _touched(since)
    rows = Event.objects.standing().filter(member__in=touched).exclude(kind__in=_WITHOUT_WEIGHT)
    for event in rows.order_by("pk"):
        events[event.member_id].append(event)
    dated = Q(joined_on__gt=since) | Q(converted_on__gt=since) | Q(left_on__gt=since)
    members = Member.objects.filter(dated | Q(pk__in=touched)).order_by("pk")
    for key, *values in members.values_list("pk", *FACTS, *COLUMNS):
        facts, columns = tuple(values[: len(FACTS)]), tuple(values[len(FACTS) :])
        known = events.get(key, [])
        yield Course(key, facts, columns, known, _ledger(known) if known else None)


def _ledger(events: list[Event]) -> Ledger:
    ledger = Ledger()
    for event in in_order(events):
        ledger.take(event)
    return ledger


def _touched(since: date) -> "QuerySet[Event, int]":
    """Keys of those whose columns, which speak of today, may not speak of the day."""
    weighty = Event.objects.standing().filter(on__gt=since).exclude(kind__in=_WITHOUT_WEIGHT)
    unclear = Q(kind=Kind.REGISTERED) & Q(member__category__in=MEMBERS)
    return weighty.exclude(unclear).order_by().values_list("member", flat=True)
