"""How obligations stand: met, late, open or exempt, and the rate that follows.

The definitions, which every dashboard repeats:

- An event *counts in time* when it has one of the obligation's kinds, was held from the first day of the period to the
  due day, and was recorded no later than seven days after the due day.
- It *counts late* when it was recorded later than that, or when it was held after the due day and says that it makes up
  for this obligation. A meeting in October does not by itself repair the third quarter: it belongs to the fourth. One
  that makes up for an earlier obligation no longer counts, in those kinds, where it was held.
- *met*: enough events count in time. *late*: enough count, but not all in time. *open*: not enough yet. *exempt*:
  somebody with the right to do so excused it, which outweighs the rest.
- An open item is *upcoming* up to and including its due day, then *overdue*. Only overdue ones enter the rate, so that
  a year that has just begun does not look like a failure. What was done early counts at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.kinds import EventKind
from rules.obligation import Obligation

RECORDING_GRACE_DAYS = 7
FEWEST_ITEMS_FOR_A_RATE = 3


class State(StrEnum):
    MET = "met"
    LATE = "late"
    OPEN = "open"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        return {"met": "已完成", "late": "逾期完成", "open": "未完成", "exempt": "免除"}[self.value]

    @property
    def label_en(self) -> str:
        return {"met": "Met", "late": "Met late", "open": "Open", "exempt": "Exempt"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that was held, as far as obligations care.

    `recorded_on` None means recorded the day it was held. `group` names the party group that met, so that two meetings
    of one group do not stand for two groups. `makes_up` holds the keys of earlier obligations it repairs.
    """

    kinds: frozenset[EventKind]
    on: date
    recorded_on: date | None = None
    group: str = ""
    makes_up: frozenset[str] = frozenset()

    def known_on(self, today: date) -> bool:
        return max(self.on, self.recorded_on or self.on) <= today


@dataclass(frozen=True, slots=True)
class Finding:
    """How one obligation stands on one day, and the events that made it so."""

    obligation: Obligation
    state: State
    is_overdue: bool
    events: tuple[Event, ...]

    @property
    def is_upcoming(self) -> bool:
        return self.state is State.OPEN and not self.is_overdue


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over many findings. `open` is of overdue items only; `upcoming` stands outside the rate."""

    met: int
    late: int
    open: int
    exempt: int
    upcoming: int

    @property
    def counted(self) -> int:
        """The denominator, to be shown beside the rate."""
        return self.met + self.late + self.open

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None below three counted items, where a percentage would only mislead."""
        if self.counted < FEWEST_ITEMS_FOR_A_RATE:
            return None
        return (self.met + 0.5 * self.late) / self.counted


def state(obligation: Obligation, events: Iterable[Event], today: date, *, exempt: bool = False) -> State:
    """The state on `today`; what was planned or recorded after that day is not known yet."""
    return assess(obligation, events, today, exempt=exempt).state


def assess(obligation: Obligation, events: Iterable[Event], today: date, *, exempt: bool = False) -> Finding:
    """The state on `today`, with the events that count, oldest first."""
    known = sorted((event for event in events if event.known_on(today)), key=lambda event: event.on)
    in_time = [event for event in known if _counts_in_time(obligation, event)]
    counting = [event for event in known if _counts(obligation, event)]
    if exempt:
        found = State.EXEMPT
    elif _number(in_time) >= obligation.needed:
        found = State.MET
    elif _number(counting) >= obligation.needed:
        found = State.LATE
    else:
        found = State.OPEN
    return Finding(obligation, found, found is State.OPEN and today > obligation.due, tuple(counting))


def tally(findings: Iterable[Finding]) -> Tally:
    """Count findings of any number of organisations."""
    found = list(findings)
    states = [finding.state for finding in found]
    return Tally(
        met=states.count(State.MET),
        late=states.count(State.LATE),
        open=sum(finding.is_overdue for finding in found),
        exempt=states.count(State.EXEMPT),
        upcoming=sum(finding.is_upcoming for finding in found),
    )


def satisfied_by(event: Event, owed: Iterable[Obligation]) -> list[Obligation]:
    """Which obligations one event counts for, in time or late: what to show the organiser on saving it."""
    return [obligation for obligation in owed if _counts(obligation, event)]


def _counts(obligation: Obligation, event: Event) -> bool:
    if not event.kinds & obligation.kinds:
        return False
    if event.makes_up and obligation.key in event.makes_up:
        return event.on >= obligation.period.start
    if _is_spent_elsewhere(obligation, event):
        return False
    return obligation.period.start <= event.on <= obligation.due


def _counts_in_time(obligation: Obligation, event: Event) -> bool:
    last_record = obligation.due + timedelta(days=RECORDING_GRACE_DAYS)
    return _counts(obligation, event) and event.on <= obligation.due and (event.recorded_on or event.on) <= last_record


def _is_spent_elsewhere(obligation: Obligation, event: Event) -> bool:
    """Repairing an earlier period of the same rule uses the event up for that rule."""
    return any(key.partition("/")[0] == obligation.rule.code for key in event.makes_up)


def _number(events: list[Event]) -> int:
    """Events, except that a named party group counts once however often it met."""
    named = {event.group for event in events if event.group}
    return len(named) + sum(not event.group for event in events)
