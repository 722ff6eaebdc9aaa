"""The record, narrowed, a page at a time: by key and not by number, so that a page costs the same however far back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from workspace.audit.models import Entry
from workspace.audit.words import FAMILIES
from workspace.organization.models import Unit
from workspace.oversight.naming import AS_IT_IS
from workspace.oversight.queries.visibility import Names

ROWS = 50
# One file; who needs more narrows the time, or takes the whole archive.
MOST_EXPORTED = 50_000


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for; empty means all. `verb` is a verb or a family of them."""

    words: str = ""
    person: str = ""
    verb: str = ""
    kind: str = ""
    result: str = ""
    since: date | None = None
    until: date | None = None
    unit: Unit | None = None


@dataclass(frozen=True)
class Page:
    """Newest first. `older` and `newer` are the keys the neighbouring pages begin at; None where there is none."""

    rows: list[Entry]
    older: int | None
    newer: int | None


def narrowed(rows: "QuerySet[Entry]", wanted: Wanted, names: Names) -> "QuerySet[Entry]":
    """Only what is wanted; in no order. No name is found that the reader may not read: `names`."""
    exact = {"kind": wanted.kind, "result": wanted.result}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.verb:
        rows = rows.filter(verb__in=FAMILIES.get(wanted.verb) or [wanted.verb])
    if wanted.person:
        rows = rows.filter(by_name__icontains=wanted.person)
    if wanted.words:
        rows = rows.filter(_says(wanted.words, names))
    if wanted.unit:
        rows = rows.filter(unit__in=Unit.objects.below(wanted.unit).order_by().values("pk"))
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return rows


def page(rows: "QuerySet[Entry]", *, before: int | None = None, after: int | None = None) -> Page:
    """The page that ends before one key or begins after another; the newest where neither is given."""
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: ROWS + 1])
        more, found = len(found) > ROWS, found[ROWS - 1 :: -1]
        return Page(found, found[-1].pk if found else after + 1, found[0].pk if more else None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: ROWS + 1])
    more, found = len(found) > ROWS, found[:ROWS]
    newer = None if before is None else (found[0].pk if found else before - 1)
    return Page(found, found[-1].pk if more else None, newer)


def oldest_first(rows: "QuerySet[Entry]") -> Iterator[Entry]:
    """For a file: at most MOST_EXPORTED, the newest of them, in the order in which they were written."""
    newest = rows.order_by("-pk")[:MOST_EXPORTED]
    return reversed(list(newest))


def _says(words: str, names: Names) -> Q:
    """A row's number, the id of a request, or a part of what the thing was called."""
    typed = words.strip().removeprefix("#")
    found = (Q(label__icontains=typed) & _read_by(names)) | Q(request=typed) | Q(address=typed)
    return found | Q(position=int(typed)) | Q(thing=typed) if typed.isdecimal() and len(typed) < 18 else found


def _read_by(names: Names) -> Q:
    """The lines whose label the reader reads as it is; what was asked in private nobody does."""
    if names.everywhere:
        return ~Q(kind="voice.topic")
    return Q(kind__in=AS_IT_IS) | (Q(unit__in=names.units) & ~Q(kind="voice.topic"))


def _midnight(day: date) -> datetime:
    """Where the day begins, here; the first and the last day of the calendar stay within it."""
    begins: Any = datetime.combine(day, time.min)
    return timezone.make_aware(begins) if day.year > 1 else begins.replace(tzinfo=UTC)
