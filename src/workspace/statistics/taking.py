"""The people behind a figure, taken away as a list: under the register's own rules, with its second person."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from workspace.accounts.models import User
from workspace.members.queries.drawn import Drawn, register
from workspace.statistics.book import Book
from workspace.statistics.people import Figure, behind, figure
from workspace.statistics.reading import KEYS, asked

NAME = "statistics"


def members(user: User, query: Mapping[str, Any]) -> Q:
    """Those behind the figure of that address; 404 for one that this person may not see."""
    book = asked(user, query)
    return behind(book, _figure(book, query)).q


def words(user: User, query: Mapping[str, Any]) -> str:
    """党委 · 2025-12-31 · 年龄 · 31至40岁."""
    book = asked(user, query)
    cell = _figure(book, query)
    place = cell.line.label if cell.line else str(book.reach.unit)
    return " · ".join((place, book.reach.days.on.isoformat(), str(cell.table.title), str(cell.column.label)))


def _figure(book: Book, query: Mapping[str, Any]) -> Figure:
    return figure(book, *(str(query.get(key, "")) for key in ("table", "column", "row")))


def announce() -> None:
    """Called once, when the application starts."""
    register(NAME, Drawn(keys=("table", "column", "row", *KEYS), members=members, words=words))
