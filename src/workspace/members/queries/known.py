"""Who of a sheet's people is on the register already, as far as the importing person may know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from shared.clock import day_of
from shared.identity.citizen import compact
from shared.spreadsheets.cells import Cell, is_blank, text_of
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.members.importing import ExistingIndex, ExistingMember
from workspace.members.importing.cleaning import clean
from workspace.members.importing.columns import BY_NAME
from workspace.members.importing.tables import SourceRow
from workspace.members.models import Member
from workspace.members.queries.facts import values_of
from workspace.members.queries.visibility import members_where

Texts = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Known:
    """Found members for the engine; keys of those elsewhere, of whom nothing is told, and of those who left."""

    index: ExistingIndex
    elsewhere: frozenset[str]
    left: frozenset[str]
    members: Mapping[str, Member]


def known_members(
    rows: Iterable[SourceRow], columns: Mapping[str, int], fixes: Texts, *, user: User | None, as_of: date, on: date
) -> Known:
    """Four queries for a whole sheet, however long."""
    numbers, names = _named(rows, columns, fixes)
    found = list(Member.objects.select_related("unit").filter(Q(citizen_number__in=numbers) | Q(name__in=names)))
    keys = [member.pk for member in found]
    mine = set()
    if user:
        mine = set(members_where(user, "member.import").filter(pk__in=keys).values_list("pk", flat=True))
    edited = _edited_since(as_of, [member for member in found if member.pk in mine])
    existing, elsewhere = [], set()
    for member in found:
        if member.pk in mine:
            existing.append(ExistingMember(str(member.pk), values_of(member, on=on), edited.get(member.pk, {})))
        elif member.citizen_number in numbers:
            elsewhere.add(str(member.pk))
            existing.append(ExistingMember(str(member.pk), {"citizen_number": member.citizen_number}))
    left = frozenset(str(member.pk) for member in found if member.left_on)
    return Known(ExistingIndex(existing), frozenset(elsewhere), left, {str(m.pk): m for m in found})


def _named(rows: Iterable[SourceRow], columns: Mapping[str, int], fixes: Texts) -> tuple[set[str], set[str]]:
    """Every citizen number and name that the rows may mean, before any judging."""
    numbers, names = set(), set()
    for row in rows:
        fixed = fixes.get(row.number, {})
        number, name = (_cell(row, columns, fixed, field) for field in ("citizen_number", "name"))
        if not is_blank(number):
            numbers.add(compact(text_of(number)))
        if isinstance(value := clean(BY_NAME["name"], name).value, str):
            names.add(value)
    return numbers, names


def _cell(row: SourceRow, columns: Mapping[str, int], fixed: Mapping[str, str], field: str) -> Cell:
    if field in fixed:
        return fixed[field]
    at = columns.get(field)
    return row.cells[at] if at is not None and at < len(row.cells) else None


def _edited_since(as_of: date, members: list[Member]) -> dict[int, dict[str, date]]:
    """Fields that people changed by hand on or after the day that the file speaks for: newer than the file."""
    if not members:
        return {}
    begins = datetime.combine(as_of, time.min, tzinfo=timezone.get_default_timezone())
    entries = Entry.objects.filter(
        kind=Member._meta.label_lower, thing__in=[str(m.pk) for m in members], verb="member.changed", at__gte=begins
    ).values_list("thing", "at", "details")
    edited: dict[int, dict[str, date]] = {}
    for thing, at, details in entries:
        for field in details.get("changed", {}):
            edited.setdefault(int(thing), {})[field] = day_of(at)
    return edited
