"""The overview, one table with its rows, and all of them on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.http import Request
from workspace.statistics import queries
from workspace.statistics.book import Book
from workspace.statistics.notes import notes
from workspace.statistics.people import TOTAL
from workspace.statistics.reading import asked
from workspace.statistics.tables import Column, Table
from workspace.statistics.views.frame import address, frame

_TILES = (("category", 0), ("category", 1), ("category", 2), ("admissions", 0), ("losses", 0))


@dataclass(frozen=True)
class Cell:
    """`url` leads to the people behind the number, and is empty where the reader may not see them."""

    column: Column
    value: int
    url: str = ""

    @property
    def shown(self) -> str:
        """In a column that takes away, with its sign."""
        return f"−{self.value}" if self.column.sign < 0 and self.value else str(self.value)


@login_required
@require_safe
def overview(request: Request) -> HttpResponse:
    """The figures of the whole, with a picture for each table."""
    book = asked(request.user, request.GET)
    tiles = [(book.tables[name].columns[at], book.tables[name].total[at], book.tables[name]) for name, at in _TILES]
    pictures = [(one, reverse("statistics:table", args=[one.name])) for one in book.tables.values()]
    context = {**frame(request, book), "tiles": tiles, "pictures": pictures, "notes": notes()}
    return render(request, "statistics/overview.html", context)


@login_required
@require_safe
def table(request: Request, name: str) -> HttpResponse:
    """One table, a row for each unit of the next level below."""
    book = asked(request.user, request.GET)
    chosen = book.tables.get(name)
    if chosen is None:
        raise Http404
    named = queries.units_with_open_people(request.user)
    context = {**frame(request, book), **drawn(book, chosen, named=named), "notes": notes()}
    return render(request, "statistics/table.html", context)


@login_required
@require_safe
def sheet(request: Request) -> HttpResponse:
    """All tables on paper."""
    book = asked(request.user, request.GET)
    meta = [
        (_("党组织"), book.reach.unit.name),
        (_("截止日"), book.reach.days.on.isoformat()),
        (_("比较日"), book.reach.days.since.isoformat()),
        (_("制表"), f"{request.user.name} {today().isoformat()}"),
    ]
    tables = [drawn(book, one, named=frozenset()) for one in book.tables.values()]
    context = {**frame(request, book), "meta": meta, "tables": tables, "notes": notes()}
    return render(request, "statistics/sheet.html", context)


def drawn(book: Book, chosen: Table, *, named: frozenset[int]) -> dict[str, object]:
    """The table's rows with their links down, and each figure with the people behind it where they may be seen: in
    the units of `named`."""
    rows = []
    for row in chosen.rows:
        is_own = row.line.unit == book.reach.unit
        down = "" if is_own or row.line.unit.pk not in book.reach.opened else address(book, row.line.unit)
        opens = row.line.unit.pk in named
        rows.append((row.line, is_own, down, _cells(book, chosen, row.line.key, row.values, opens=opens)))
    totals = _cells(book, chosen, TOTAL, chosen.total, opens=book.reach.unit.pk in named)
    compared = {"before": chosen.before or [], "growth": chosen.growth or []}
    told = {name: list(zip(chosen.columns, values, strict=False)) for name, values in compared.items()}
    return {"table": chosen, "rows": rows, "totals": totals, **told}


def _cells(book: Book, chosen: Table, row: str, values: Sequence[int], *, opens: bool) -> list[Cell]:
    found = []
    for column, value in zip(chosen.columns, values, strict=True):
        url = ""
        if opens and value and column.opens:
            path = reverse("statistics:people", args=[chosen.name, column.key])
            url = f"{path}{address(book)}&row={row}"
        found.append(Cell(column, value, url))
    return found
