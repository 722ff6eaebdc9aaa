"""A list people can sort, filter, choose columns of, act on in bulk and take away."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.functional import Promise

from shared.pagination import ROWS_PER_PAGE, page_of

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. The value is the attribute path `name` unless `value` is given; `template` draws the cell from `row`.

    `sort` is an order_by expression (empty: not sortable); `kind` is text, number, date or html (a SafeString);
    `hidden` columns appear when chosen. The first column is the row's heading.
    """

    name: str
    label: Text
    value: Callable[[Any], object] | None = None
    sort: str = ""
    link: Callable[[Any], str] | None = None
    kind: str = "text"
    template: str = ""
    hidden: bool = False

    def read(self, row: Any) -> object:
        if self.value:
            return self.value(row)
        found = attrgetter(self.name)(row)
        return found() if callable(found) else found


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """An act on the chosen rows: posts `act` and the rows' keys as `chosen`."""

    name: str
    label: Text
    danger: bool = False


@dataclass(frozen=True, kw_only=True)
class Export:
    """A way to take the list away; the address receives the present query string, so it holds what is shown."""

    label: Text
    url: str
    icon: str = "download"


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What stands where nothing is yet: say why, and offer the next step."""

    title: Text
    text: Text = ""
    url: str = ""
    label: Text = ""
    icon: str = "inbox"


@dataclass(frozen=True)
class Cell:
    column: Column
    text: str
    url: str
    blank: bool


@dataclass(frozen=True)
class Row:
    of: Any
    key: str
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Heading:
    column: Column
    url: str
    direction: str


class Table:
    """Reads sort, page, columns and filters from the query string; nothing there can raise.

    `filters` is a GET form the view has already used to narrow `rows`. `bulk` acts post to `bulk_url`.
    `row_actions` is a template drawn with `row` at the end of each row.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any] | Sequence[Any],
        columns: Sequence[Column],
        *,
        caption: Text,
        sort: str = "",
        size: int = ROWS_PER_PAGE,
        filters: forms.Form | None = None,
        bulk: Sequence[Bulk] = (),
        bulk_url: str = "",
        exports: Sequence[Export] = (),
        empty: Empty | None = None,
        row_actions: str = "",
    ) -> None:
        self.request = request
        self.rows = rows
        self.all_columns = columns
        self.caption = caption
        self.default_sort = sort
        self.size = size
        self.filters = filters
        self.bulk = bulk
        self.bulk_url = bulk_url
        self._exports = exports
        self.empty = empty
        self.row_actions = row_actions

    @cached_property
    def sort(self) -> str:
        """The column asked for, `-` before it for descending; the default when it is not one of ours."""
        asked = self.request.GET.get("sort", "")
        sortable = {column.name for column in self.all_columns if column.sort}
        return asked if asked.removeprefix("-") in sortable else self.default_sort

    @cached_property
    def columns(self) -> list[Column]:
        chosen = set(self.request.GET.getlist("col"))
        first, *others = self.all_columns
        kept = [c for c in others if c.name in chosen] if chosen else [c for c in others if not c.hidden]
        return [first, *kept]

    @cached_property
    def page(self) -> Page[Any]:
        return page_of(self.request, self._ordered(), size=self.size)

    def _ordered(self) -> QuerySet[Any] | Sequence[Any]:
        column = next((c for c in self.all_columns if c.name == self.sort.removeprefix("-")), None)
        if column is None:
            return self.rows
        down = self.sort.startswith("-")
        if isinstance(self.rows, QuerySet):
            # The key breaks ties, or rows would wander between pages.
            return self.rows.order_by(f"-{column.sort}" if down else column.sort, "pk")
        # Missing values last, whatever the direction.
        known = [row for row in self.rows if column.read(row) is not None]
        unknown = [row for row in self.rows if column.read(row) is None]
        return sorted(known, key=column.read, reverse=down) + unknown  # type: ignore[arg-type]

    @property
    def headings(self) -> Iterator[Heading]:
        for column in self.columns:
            name, direction = column.name, ""
            if self.sort.removeprefix("-") == name:
                direction = "descending" if self.sort.startswith("-") else "ascending"
            turned = f"-{name}" if direction == "ascending" else name
            yield Heading(column, self.link(sort=turned, page=None) if column.sort else "", direction)

    @cached_property
    def body(self) -> list[Row]:
        return [Row(row, str(getattr(row, "pk", "")), [self._cell(c, row) for c in self.columns]) for row in self.page]

    def _cell(self, column: Column, row: Any) -> Cell:
        url = column.link(row) if column.link else ""
        if column.template:
            text = render_to_string(column.template, {"row": row}, request=self.request).strip()
            return Cell(column, text, url, not text)
        value = column.read(row)
        if value is None or value == "":
            return Cell(column, "", "", True)
        if column.kind == "date":
            # An instant belongs to the day that it is in Asia/Shanghai.
            day = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
            text = date_format(day, "Y-m-d")  # type: ignore[arg-type]
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            text = str(localize(value))
        else:
            text = value if isinstance(value, str) else str(value)  # a SafeString stays safe
        return Cell(column, text, url, False)

    @property
    def exports(self) -> list[Export]:
        query = self._query(page=None)
        joined = [(e, "&" if "?" in e.url else "?") for e in self._exports]
        return [Export(label=e.label, icon=e.icon, url=f"{e.url}{j}{query}" if query else e.url) for e, j in joined]

    @property
    def column_choices(self) -> list[tuple[Column, bool]]:
        shown = {column.name for column in self.columns}
        return [(column, column.name in shown) for column in self.all_columns[1:]]

    @property
    def pages(self) -> list[tuple[int, str]]:
        """(number, link) with 0 for a gap."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [(n, self.link(page=n)) if isinstance(n, int) else (0, "") for n in numbers]

    @property
    def previous_url(self) -> str:
        return self.link(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.link(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def filtered(self) -> bool:
        kept = {"sort", "page", "col"}
        return any(value for key, value in self.request.GET.items() if key not in kept)

    @property
    def kept_when_filtering(self) -> list[tuple[str, str]]:
        """Query pairs a filter form must carry along."""
        return [(k, v) for k in ("sort", "col") for v in self.request.GET.getlist(k)]

    @property
    def kept_when_choosing(self) -> list[tuple[str, str]]:
        """Query pairs the column choice must carry along."""
        return [(k, v) for k, values in self.request.GET.lists() if k not in {"col", "page"} for v in values]

    def link(self, **changes: object) -> str:
        return f"?{self._query(**changes)}"

    def _query(self, **changes: object) -> str:
        query: QueryDict = self.request.GET.copy()
        for key, value in changes.items():
            if value is None:
                query.pop(key, None)
            else:
                query[key] = str(value)
        return query.urlencode()
