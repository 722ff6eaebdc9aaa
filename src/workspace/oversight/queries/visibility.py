"""Whose lines of the record are whose to see: the auditor's of the whole, an administrator's of their own part."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from workspace.access.queries import may, people_who, units_where
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.organization.models import Unit

VERB = "audit.view"
_NAMES = "member.view"


@dataclass(frozen=True)
class Names:
    """In which lines a reader may read people's names: in all, or in those that belong to these organisations."""

    everywhere: bool = False
    units: frozenset[int] = frozenset()

    def in_line(self, entry: Entry) -> bool:
        return self.everywhere or entry.unit in self.units


def sees_all(person: User) -> bool:
    """Whether this person looks after the record of the whole workspace."""
    return may(person, VERB, Unit.objects.get(depth=1))


def entries_seen_by(person: User) -> "QuerySet[Entry]":
    """Everything for who looks after the whole; else what belongs to their organisations: what belongs to none, such as
    a sign-in, is not theirs. Raises Http404 for everybody else."""
    if not may(person, VERB):
        raise Http404
    if sees_all(person):
        return Entry.objects.all()
    return Entry.objects.filter(unit__in=units_where(person, VERB).order_by().values("pk"))


def entry_seen_by(person: User, pk: int) -> Entry:
    """One of them. Raises Http404."""
    found = entries_seen_by(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def names_shown_to(person: User) -> Names:
    """Who may open the register reads its names here too, as far as their part of it goes; an auditor sees 张*. Who
    looks after the record of the whole must see the register of the whole."""
    if sees_all(person):
        return Names(everywhere=may(person, _NAMES, Unit.objects.get(depth=1)))
    return Names(units=frozenset(units_where(person, _NAMES).order_by().values_list("pk", flat=True)))


def auditors() -> "QuerySet[User]":
    """Who is told when something is wrong with the record."""
    return people_who(VERB, Unit.objects.get(depth=1))
