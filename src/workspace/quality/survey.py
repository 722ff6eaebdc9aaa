"""Every entry of a unit and below, judged in one pass over one query; units and people are counted from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db import models

from workspace.members.models.member import MemberQuerySet
from workspace.organization.models import Unit
from workspace.quality.checks import BY_CODE, CHECKS, TO_COMPLETE, Family
from workspace.quality.judging import Entry, ages, judged


@dataclass(frozen=True)
class Found:
    """One person with what is wrong, in the order of the checks, and of which kinds it is."""

    pk: int
    unit_id: int
    codes: tuple[str, ...]
    families: frozenset[Family]

    @property
    def gaps(self) -> tuple[str, ...]:
        """What can be put right by filling something in."""
        return tuple(code for code in self.codes if BY_CODE[code].family in TO_COMPLETE)

    @property
    def is_to_complete(self) -> bool:
        return not self.families.isdisjoint(TO_COMPLETE)


@dataclass(frozen=True)
class Count:
    """Of one unit with everything below, or of one check: how many people, and how many with findings."""

    people: int = 0
    to_complete: int = 0
    by_family: tuple[int, ...] = (0,) * len(Family)

    @property
    def share(self) -> float:
        """Of those whose entry is complete and without contradiction, from 0 to 1; 1 where nobody is."""
        return 1 - self.to_complete / self.people if self.people else 1.0


@dataclass(frozen=True)
class Survey:
    """`members` are those to be judged, `seen` all that the reader may see; without it nobody is looked for twice."""

    members: MemberQuerySet
    on: date
    at: datetime
    seen: MemberQuerySet | None = None

    @cached_property
    def _entries(self) -> list[Entry]:
        rows = self.members.present().annotate(**ages(self.at)).order_by("pk").values_list(*Entry._fields)
        return [Entry(*row) for row in rows]

    @cached_property
    def found(self) -> list[Found]:
        """Everybody with a finding."""
        twice = self._twice()
        made = []
        # Thousands of people share few combinations.
        sorted_out: dict[frozenset[str], tuple[tuple[str, ...], frozenset[Family]]] = {}
        for entry in self._entries:
            codes = frozenset(judged(entry, on=self.on)) | twice.get(entry.pk, frozenset())
            if codes and codes not in sorted_out:
                ordered = tuple(check.code for check in CHECKS if check.code in codes)
                sorted_out[codes] = ordered, frozenset(BY_CODE[code].family for code in ordered)
            if codes:
                made.append(Found(entry.pk, entry.unit_id, *sorted_out[codes]))
        return made

    @cached_property
    def by_check(self) -> dict[str, int]:
        counts = dict.fromkeys(BY_CODE, 0)
        for one in self.found:
            for code in one.codes:
                counts[code] += 1
        return counts

    @cached_property
    def by_unit(self) -> dict[int, Count]:
        """By the unit on which people stand."""
        people: dict[int, int] = defaultdict(int)
        for entry in self._entries:
            people[entry.unit_id] += 1
        found: dict[int, list[Found]] = defaultdict(list)
        for one in self.found:
            found[one.unit_id].append(one)
        return {unit: _count(number, found[unit]) for unit, number in people.items()}

    @property
    def whole(self) -> Count:
        return _count(len(self._entries), self.found)

    def below(self, unit: Unit, paths: dict[int, str]) -> Count:
        """Of a unit and everything below it; `paths` are those of the units that people stand on."""
        return total(count for pk, count in self.by_unit.items() if paths[pk].startswith(unit.path))

    def _twice(self) -> dict[int, set[str]]:
        """Who may be there twice among all that are seen, also beside the unit: same name, same birth date or phone."""
        found: dict[int, set[str]] = defaultdict(set)
        for code, column in _ALIKE.items():
            several = self._several(column)
            for entry in self._entries:
                if (entry.name, getattr(entry, column)) in several:
                    found[entry.pk].add(code)
        return found

    def _several(self, column: str) -> set[tuple[str, object]]:
        """Names with that column's value that stand on more than one entry. One query."""
        if self.seen is None:
            return set()
        known = self.seen.present().exclude(**({column: ""} if column == "phone" else {column: None}))
        groups = known.order_by().values_list("name", column).annotate(n=models.Count("pk")).filter(n__gt=1)
        return {(name, value) for name, value, _n in groups}


def total(counts: Iterable[Count]) -> Count:
    made = Count()
    for one in counts:
        families = tuple(a + b for a, b in zip(made.by_family, one.by_family, strict=True))
        made = Count(made.people + one.people, made.to_complete + one.to_complete, families)
    return made


def _count(people: int, found: list[Found]) -> Count:
    met = Counter(one.families for one in found)
    families = tuple(sum(number for of, number in met.items() if family in of) for family in Family)
    return Count(people, sum(number for of, number in met.items() if not of.isdisjoint(TO_COMPLETE)), families)


_ALIKE = {"same_birth": "birth_date", "same_phone": "phone"}
