"""Who stands behind a figure. What comes out names people for nobody: it is narrowed by who may see them first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from workspace.members.queries.courses import Course
from workspace.statistics.book import FLOWS, LOSSES, Book
from workspace.statistics.conditions import Condition
from workspace.statistics.cuts import IS_MEMBER, Cut
from workspace.statistics.flows import WAYS_OUT, Step, Way
from workspace.statistics.reach import OWN, Line
from workspace.statistics.survey import WHOLE, Tally, person_of
from workspace.statistics.tables import Column, Table
from workspace.statistics.words import WAYS

TOTAL = "all"  # the key of the total's row in addresses


@dataclass(frozen=True)
class Behind:
    """`q` narrows members to those counted; `told` says what happened to whom, for those to whom something did."""

    q: Q
    told: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One cell of a table; without a line, its total."""

    table: Table
    column: Column
    line: Line | None

    @property
    def count(self) -> int:
        at = list(self.table.columns).index(self.column)
        if self.line is None:
            return self.table.total[at]
        return sum(row.values[at] for row in self.table.rows if row.line == self.line)


def figure(book: Book, table: str, column: str, row: str) -> Figure:
    """The cell with that address; 404 for one that is not there or is not about people."""
    found = book.tables.get(table)
    chosen = next((one for one in found.columns if one.key == column and one.opens), None) if found else None
    line = next((one for one in book.lines if one.key == row), None)
    if found is None or chosen is None or (line is None and row != TOTAL):
        raise Http404
    return Figure(found, chosen, line)


def behind(book: Book, cell: Figure) -> Behind:
    """Everybody whom the figure counted."""
    survey, column, name = book.survey, cell.column.key, cell.table.name
    if name == "changes" and column in {"opening", "closing"}:
        counts = survey.before if column == "opening" else survey.now
        return _stock(book, cell, counts["category", WHOLE], [IS_MEMBER], before=column == "opening")
    cut = next((one for one in survey.cuts if one.name == name), None)
    if cut is not None:
        return _stock(book, cell, survey.now[name, column], _conditions(cut, column), before=False)
    return _steps(book, cell)


def _conditions(cut: Cut, column: str) -> list[Condition]:
    return [cut.whole, *(bucket.condition for bucket in cut.buckets if bucket.key == column)]


def _stock(book: Book, cell: Figure, tally: Tally, conditions: Iterable[Condition], *, before: bool) -> Behind:
    rows = _rows(book, cell.line)
    places = book.reach.places_before if before else book.reach.places
    still = book.survey.still_in([unit for unit, row in places.items() if row in rows])
    for condition in conditions:
        still = still.filter(condition.q)
    moved = [pk for row, people in tally.moved.items() if row in rows for pk in people]
    return Behind(Q(pk__in=still.order_by().values("pk")) | Q(pk__in=moved))


def _steps(book: Book, cell: Figure) -> Behind:
    rows, ways = _rows(book, cell.line), _ways(cell)
    narrow = book.admitted_conditions.get(cell.column.key) if cell.table.name == "admissions" else None
    told: dict[int, str] = {}
    for course, step in book.survey.steps:
        if step.row in rows and step.way in ways and (narrow is None or _holds(narrow, course, step)):
            line = _("{day} {what}").format(day=step.on.isoformat(), what=WAYS[step.way])
            told[course.member_id] = "；".join(filter(None, (told.get(course.member_id), line)))
    return Behind(Q(pk__in=list(told)), told)


def _holds(condition: Condition, course: Course, step: Step) -> bool:
    return condition.holds(person_of(course, course.at(step.on)))


def _ways(cell: Figure) -> tuple[Way, ...]:
    key = cell.column.key
    if cell.table.name == "admissions":
        return (Way.CONVERTED,) if key == "converted" else (Way.ADMITTED,)
    if cell.table.name == "losses":
        return WAYS_OUT if key == WHOLE else next(ways for name, _label, ways in LOSSES if name == key)
    return next(ways for name, _label, _sign, ways in FLOWS if name == key)


def _rows(book: Book, line: Line | None) -> set[int]:
    lines = [line] if line else book.lines
    return {book.reach.unit.pk if one.key == OWN else one.unit.pk for one in lines}
