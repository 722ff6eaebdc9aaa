"""Statistics at a cut-off date: who counts, where, and as what, derived from dated events alone.

The semantics, which every table follows:

- A member counts at the organisation that holds the formal relation at the end of the cut-off day. What happened on
  that day is in; so is what was recorded later but dated earlier.
- Issuing a letter moves nobody: only the event of acceptance (`TRANSFERRED`) does.
- Probationary members count from the general meeting that admitted, full members from the day of conversion.
- `known_on` looks at the books as they stood on a day, so that a table handed in can be computed again.
- A correction replaces the event it names, whenever it is recorded.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rules.rulebook import rulebook


class ChangeKind(StrEnum):
    """What an event does to a membership. The last four end it; `STOPPED` can be followed by `RESTORED`."""

    ADMITTED = "admitted"
    CONVERTED = "converted"
    TRANSFERRED = "transferred"
    RESTORED = "restored"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    REMOVED = "removed"
    LEFT_THE_BOOKS = "left_the_books"
    DIED = "died"

    @property
    def ends(self) -> bool:
        return self in _ENDS


_ENDS = frozenset(
    {
        ChangeKind.STOPPED,
        ChangeKind.CANCELLED,
        ChangeKind.REMOVED,
        ChangeKind.LEFT_THE_BOOKS,
        ChangeKind.DIED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event on a member's timeline. `unit` is where the relation is from then on (not needed where it stays).

    `is_full` is for those who come from outside with a standing of their own. `key` and `corrects` tie a correction to
    what it replaces.
    """

    kind: ChangeKind
    on: date
    unit: Hashable = None
    is_full: bool | None = None
    recorded_on: date | None = None
    key: Hashable = None
    corrects: Hashable = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Where somebody counts, and as what."""

    unit: Hashable
    is_full: bool


@dataclass(frozen=True, slots=True)
class Flows:
    """What happened between two cut-off days, for one organisation and its like: `closing` follows from the rest."""

    opening: int
    admitted: int
    came: int
    went: int
    ended: int
    closing: int


def cut_off_of(year: int) -> date:
    """The cut-off day of the yearly statistics."""
    rule = rulebook().get("statistics.formal_relation")
    return date(year, rule.integer("cut_off_month"), rule.integer("cut_off_day"))


def membership_at(changes: Iterable[Change], cut_off: date, *, known_on: date | None = None) -> Membership | None:
    """How somebody stands at the end of the cut-off day; None for who does not count then."""
    standing: Membership | None = None
    for change in _standing_events(changes, known_on):
        if change.on > cut_off:
            break
        standing = _after(standing, change)
    return standing


def flows(
    people: Iterable[Iterable[Change]],
    units: frozenset[Hashable],
    after: date,
    until: date,
    *,
    known_on: date | None = None,
) -> Flows:
    """Counts for a set of organisations from the day after `after` to `until`.

    Moves among the set are no flow. `opening + admitted + came − went − ended = closing`, always.
    """
    opening = admitted = came = went = ended = closing = 0
    for changes in people:
        timeline = list(changes)
        before = membership_at(timeline, after, known_on=known_on)
        opening += _counts(before, units)
        for change in _standing_events(timeline, known_on):
            if not after < change.on <= until:
                continue
            now = _after(before, change)
            gained = _counts(now, units) - _counts(before, units)
            if gained > 0:
                admitted += change.kind is ChangeKind.ADMITTED
                came += change.kind is not ChangeKind.ADMITTED
            elif gained < 0:
                ended += change.kind.ends
                went += not change.kind.ends
            before = now
        closing += _counts(before, units)
    return Flows(opening, admitted, came, went, ended, closing)


def _standing_events(changes: Iterable[Change], known_on: date | None) -> list[Change]:
    """What is known and not corrected, by day. Events of one day keep the order in which they are given."""
    known = [change for change in changes if known_on is None or (change.recorded_on or change.on) <= known_on]
    replaced = {change.corrects for change in known if change.corrects is not None}
    kept = [change for change in known if change.key is None or change.key not in replaced]
    return sorted(kept, key=lambda change: change.on)


def _after(standing: Membership | None, change: Change) -> Membership | None:
    if change.kind.ends:
        return None
    if change.kind is ChangeKind.CONVERTED:
        return replace(standing, is_full=True) if standing else None
    unit = change.unit if change.unit is not None else (standing.unit if standing else None)
    if change.kind is ChangeKind.ADMITTED:
        return Membership(unit, is_full=False)
    is_full = change.is_full if change.is_full is not None else (standing.is_full if standing else True)
    return Membership(unit, is_full)


def _counts(standing: Membership | None, units: frozenset[Hashable]) -> int:
    return int(standing is not None and standing.unit in units)
