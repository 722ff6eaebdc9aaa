"""Everybody of a reach at its two days, counted: one statement for those who stood still, and the others one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.courses import FACTS, Course, courses, still
from workspace.members.standing import Standing
from workspace.statistics import flows
from workspace.statistics.conditions import Condition, Person
from workspace.statistics.cuts import Bucket, Cut, cuts
from workspace.statistics.flows import Step
from workspace.statistics.reach import Reach

WHOLE = "whole"


@dataclass
class Tally:
    """How many stood still, by unit; who of the others, by row."""

    still: dict[int, int] = field(default_factory=dict)
    moved: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def by_row(self, places: Mapping[int, int]) -> dict[int, int]:
        found: dict[int, int] = defaultdict(int)
        for unit, count in self.still.items():
            if unit in places:
                found[places[unit]] += count
        for row, people in self.moved.items():
            found[row] += len(people)
        return found


@dataclass(frozen=True)
class Survey:
    """Counts by (cut, bucket): `now` at the cut-off day, `before` at the earlier one."""

    reach: Reach

    @cached_property
    def cuts(self) -> list[Cut]:
        return cuts(self.reach.days.on)

    @cached_property
    def cuts_before(self) -> list[Cut]:
        return cuts(self.reach.days.since)

    @cached_property
    def courses(self) -> list[Course]:
        """Those to whom something happened. Two queries."""
        return list(courses(self.reach.days.since))

    @cached_property
    def _still(self) -> dict[int, dict[str, int]]:
        """unit → what → how many of those who stood still. One query."""
        asked = {name: Count("pk", filter=condition.q) for name, condition in self._asked().items()}
        rows: Any = self.still_in(None).order_by().values("unit_id").annotate(**asked)
        return {row.pop("unit_id"): row for row in rows}

    def still_in(self, units: Iterable[int] | None) -> MemberQuerySet:
        """Those who stood still, of some units; of the whole reach without any."""
        found = still(self.reach.days.since)
        if units is None:
            if self.reach.is_everything:
                return found
            units = {*self.reach.places, *self.reach.places_before}
        return found.filter(unit__in=list(units))

    def _asked(self) -> dict[str, Condition]:
        """By the name of its column in the answer. A bucket that means the same on both days is asked once."""
        found: dict[str, Condition] = {}
        for when, several in (("now", self.cuts), ("before", self.cuts_before)):
            for cut in several:
                found[_name(when, cut, WHOLE)] = cut.whole
                for bucket in cut.buckets:
                    found[_name(when, cut, bucket.key)] = _Both(cut.whole, bucket.condition)
        known: dict[Condition, str] = {}
        return {name: condition for name, condition in found.items() if known.setdefault(condition, name) == name}

    @cached_property
    def _asked_as(self) -> dict[Condition, str]:
        return {condition: name for name, condition in self._asked().items()}

    @cached_property
    def now(self) -> dict[tuple[str, str], Tally]:
        return self._tallies(self.cuts, self.reach.days.on, self.reach.places)

    @cached_property
    def before(self) -> dict[tuple[str, str], Tally]:
        return self._tallies(self.cuts_before, self.reach.days.since, self.reach.places_before)

    @cached_property
    def members_before(self) -> Tally:
        """Members at the earlier day, by their row of the cut-off day's tree: what flows begin from."""
        moved: dict[int, list[int]] = defaultdict(list)
        for course in self.courses:
            row = flows.place(course.at(self.reach.days.since), self.reach.places)
            if row is not None:
                moved[row].append(course.member_id)
        return Tally(self.before["category", WHOLE].still, moved)

    @cached_property
    def steps(self) -> list[tuple[Course, Step]]:
        """Who came and went in the period."""
        days = self.reach.days
        return [
            (course, step)
            for course in self.courses
            for step in flows.steps(course, self.reach.places, days.since, days.on)
        ]

    def units_with_people(self) -> set[int]:
        """Units in which a member stood on the cut-off day."""
        found = {unit for unit, count in self.now["category", WHOLE].still.items() if count}
        standings = (course.at(self.reach.days.on) for course in self.courses)
        return found | {one.unit_id for one in standings if one.is_member and one.unit_id}

    def _tallies(self, several: list[Cut], day: date, places: Mapping[int, int]) -> dict[tuple[str, str], Tally]:
        found = {(cut.name, bucket.key): self._of_still(cut, bucket) for cut, bucket in _columns(several)}
        found |= {(cut.name, WHOLE): self._of_still(cut, None) for cut in several}
        for course in self.courses:
            standing = course.at(day)
            row = places.get(standing.unit_id or 0) if standing.is_present else None
            if row is None:
                continue
            person = person_of(course, standing)
            for cut in several:
                if cut.whole.holds(person):
                    found[cut.name, WHOLE].moved[row].append(person.pk)
                    for bucket in cut.buckets:
                        if bucket.condition.holds(person):
                            found[cut.name, bucket.key].moved[row].append(person.pk)
        return found

    def _of_still(self, cut: Cut, bucket: Bucket | None) -> Tally:
        condition = _Both(cut.whole, bucket.condition) if bucket else cut.whole
        name = self._asked_as[condition]
        return Tally({unit: counts[name] for unit, counts in self._still.items() if counts[name]})


def person_of(course: Course, standing: Standing) -> Person:
    return Person(
        pk=course.member_id,
        **dict(zip(FACTS, course.facts, strict=True)),
        category=standing.category,
        joined_on=standing.joined_on,
        is_floating=standing.is_floating,
        is_lost_contact=standing.is_lost_contact,
    )


@dataclass(frozen=True)
class _Both:
    """The whole of a cut and one of its buckets."""

    whole: Condition
    part: Condition

    @property
    def q(self) -> Q:
        return self.whole.q & self.part.q

    def holds(self, person: Person) -> bool:
        return self.whole.holds(person) and self.part.holds(person)


def _columns(several: list[Cut]) -> Iterator[tuple[Cut, Bucket]]:
    for cut in several:
        for bucket in cut.buckets:
            yield cut, bucket


def _name(when: str, cut: Cut, key: str) -> str:
    return f"n_{when}_{cut.name}_{key}"
