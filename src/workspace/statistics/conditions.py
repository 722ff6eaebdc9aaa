"""What people are counted by, said once: to the database for those who stood still, and to Python for the others."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they stood on a day; the fields are called as the columns of the register."""

    pk: int
    sex: str
    ethnic_group: str
    birth_date: date | None
    education: str
    category: str
    joined_on: date | None
    is_floating: bool
    is_lost_contact: bool


class Condition(Protocol):
    @property
    def q(self) -> Q: ...

    def holds(self, person: Person) -> bool: ...


@dataclass(frozen=True, slots=True)
class Among:
    """The column holds one of these values."""

    column: str
    values: tuple[Any, ...]

    @property
    def q(self) -> Q:
        return Q(**{f"{self.column}__in": self.values})

    def holds(self, person: Person) -> bool:
        return getattr(person, self.column) in self.values


@dataclass(frozen=True, slots=True)
class Starting:
    """The code begins with one of these signs."""

    column: str
    firsts: str

    @property
    def q(self) -> Q:
        found = Q()
        for first in self.firsts:
            found |= Q(**{f"{self.column}__startswith": first})
        return found

    def holds(self, person: Person) -> bool:
        code = getattr(person, self.column)
        return bool(code) and code[0] in self.firsts


@dataclass(frozen=True, slots=True)
class Between:
    """The day is known and lies from `first` to `last`; None is open."""

    column: str
    first: date | None = None
    last: date | None = None

    @property
    def q(self) -> Q:
        found = Q(**{f"{self.column}__isnull": False})
        if self.first:
            found &= Q(**{f"{self.column}__gte": self.first})
        if self.last:
            found &= Q(**{f"{self.column}__lte": self.last})
        return found

    def holds(self, person: Person) -> bool:
        day = getattr(person, self.column)
        return day is not None and (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True, slots=True)
class Neither:
    """None of these: what a partition leaves over."""

    others: tuple[Condition, ...]

    @property
    def q(self) -> Q:
        found = Q()
        for other in self.others:
            found |= other.q
        return ~found

    def holds(self, person: Person) -> bool:
        return not any(other.holds(person) for other in self.others)
