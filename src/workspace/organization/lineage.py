"""The tree of any day, folded from what happened. Pure: rows in, standings out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workspace.organization.standing import Standing


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one unit; `is_assumed` as in `Basis`."""

    unit: int
    on: date
    before: Standing | None
    after: Standing | None
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """A unit as its own row says it is. `since` is None where nobody knows; `until` is the first day without it."""

    unit: int
    standing: Standing
    since: date | None = None
    until: date | None = None


class Lineage:
    """Everything known about some units. `events` come in order: by day, then as they were written down."""

    def __init__(self, present: Iterable[Present], events: Iterable[Event]) -> None:
        self.present = {one.unit: one for one in present}
        self.events: dict[int, list[Event]] = {unit: [] for unit in self.present}
        for event in events:
            if event.unit in self.events:
                self.events[event.unit].append(event)

    def on(self, day: date, *, peopled: Iterable[int] = ()) -> dict[int, Standing]:
        """Where each unit that was there stood on that day, by its key; `peopled` had members then."""
        found = {unit: standing for unit in self.present if (standing := self._standing(unit, day))}
        self._add_assumed(found, peopled)
        return found

    def days(self, unit: int) -> list[date]:
        """The days on which something about the unit changed."""
        return [event.on for event in self.events[unit]]

    def _standing(self, unit: int, day: date) -> Standing | None:
        events = self.events[unit]
        past = [event for event in events if event.on <= day]
        if past:
            return past[-1].after
        one = self.present[unit]
        if one.since is not None and day < one.since:
            return None
        if not events:
            return one.standing if one.until is None or day < one.until else None
        return events[0].before

    def _add_assumed(self, found: dict[int, Standing], peopled: Iterable[int]) -> None:
        """A unit whose beginning nobody wrote down was there when something already stood under it or in it."""
        waiting = [standing.parent for standing in found.values()] + list(peopled)
        while waiting:
            parent = waiting.pop()
            if parent is None or parent in found or not self._begins_assumed(parent):
                continue
            first = self.events[parent][0].after
            if first is not None:
                found[parent] = first
                waiting.append(first.parent)

    def _begins_assumed(self, unit: int) -> bool:
        events = self.events.get(unit)
        return bool(events) and events[0].is_assumed and events[0].before is None  # type: ignore[index]  # not empty


@dataclass(frozen=True, slots=True)
class Difference:
    """How one unit differs between two days. None: it was not there."""

    unit: int
    before: Standing | None
    after: Standing | None

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def is_renamed(self) -> bool:
        return bool(self.before and self.after and self.before.name != self.after.name)

    @property
    def is_retyped(self) -> bool:
        return bool(self.before and self.after and self.before.type != self.after.type)

    @property
    def is_moved(self) -> bool:
        return bool(self.before and self.after and self.before.parent != self.after.parent)


def differences(before: Mapping[int, Standing], after: Mapping[int, Standing]) -> list[Difference]:
    """Every unit that stands otherwise, by key."""
    units = sorted({*before, *after})
    return [Difference(u, before.get(u), after.get(u)) for u in units if before.get(u) != after.get(u)]
