"""How somebody came into the count and went out of it between two days (增减变化)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workspace.members.models import Event, Member
from workspace.members.queries.courses import Course
from workspace.members.standing import Standing
from workspace.members.standing.words import Removal

Kind = Event.Kind
Leaving = Member.Leaving


class Way(StrEnum):
    """Ways in, ways out, moves between rows, and what changes no count."""

    ADMITTED = "admitted"
    CAME = "came"
    RESTORED = "restored"
    ADDED = "added"
    WENT = "went"
    DIED = "died"
    CANCELLED = "cancelled"
    EXPELLED = "expelled"
    DELISTED = "delisted"
    STOPPED = "stopped"
    ENDED = "ended"
    DROPPED = "dropped"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    CONVERTED = "converted"


WAYS_IN = (Way.ADMITTED, Way.CAME, Way.RESTORED, Way.ADDED)
# Off the Party's books for good, whatever the removal was called; ENDED where nobody wrote down which.
ENDINGS = (Way.CANCELLED, Way.EXPELLED, Way.DELISTED, Way.STOPPED, Way.ENDED)
WAYS_OUT = (Way.WENT, Way.DIED, *ENDINGS, Way.DROPPED)
_REMOVALS = {Removal.EXPELLED: Way.EXPELLED, Removal.STOPPED: Way.STOPPED}


@dataclass(frozen=True, slots=True)
class Step:
    """One person's step on a day, and the row it is counted in."""

    way: Way
    row: int
    on: date


def steps(course: Course, places: Mapping[int, int], after: date, until: date) -> Iterator[Step]:
    """What happened to one person from the day after `after` to `until`. For each row, ways in and moves in less ways
    out and moves out are exactly what its count grew by."""
    before = course.at(after)
    for day in course.days(after, until):
        now = course.at(day)
        was, row = place(before, places), place(now, places)
        if was != row:
            yield from _change(course, day, before, now, was, row)
        if row is not None and before.is_member and now.category != before.category == Member.Category.PROBATIONARY:
            yield Step(Way.CONVERTED, row, day)
        before = now


def place(standing: Standing, places: Mapping[int, int]) -> int | None:
    """The row a member counts in; None for who does not count here."""
    return places.get(standing.unit_id or 0) if standing.is_member else None


def _change(
    course: Course, day: date, before: Standing, now: Standing, was: int | None, row: int | None
) -> Iterator[Step]:
    if was is not None and row is not None:
        yield Step(Way.MOVED_OUT, was, day)
        yield Step(Way.MOVED_IN, row, day)
    elif row is not None:
        yield Step(_way_in(course, day, before, now), row, day)
    elif was is not None:
        yield Step(_way_out(course, day, now), was, day)


def _way_in(course: Course, day: date, before: Standing, now: Standing) -> Way:
    kinds = {event.kind for event in course.on(day)}
    if before.is_member or Kind.TRANSFERRED_IN in kinds:
        return Way.CAME
    if Kind.ADMITTED in kinds or now.joined_on == day:
        return Way.ADMITTED
    return Way.RESTORED if Kind.RETURNED in kinds else Way.ADDED


def _way_out(course: Course, day: date, now: Standing) -> Way:
    if now.is_member or now.left_for == Leaving.TRANSFERRED:
        return Way.WENT
    if now.left_for == Leaving.DECEASED:
        return Way.DIED
    return _ending(course, day) if now.left_for == Leaving.ENDED else Way.DROPPED


def _ending(course: Course, day: date) -> Way:
    for event in course.on(day):
        if event.kind == Kind.CANCELLED:
            return Way.CANCELLED
        if event.kind == Kind.REMOVED and (said := event.said("removal")):
            return _REMOVALS.get(Removal(said), Way.DELISTED)
    return Way.ENDED
