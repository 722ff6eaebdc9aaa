"""From pasted text or a file to lines."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shared.spreadsheets.cells import header_key, text_of
from shared.spreadsheets.refusals import ImportRefused
from shared.spreadsheets.sheets import read as read_book
from workspace.organization.listed.lines import COLUMNS, MOST_LINES, WITHOUT_HEADING, Line

_TITLES = 20  # rows that may stand above the heading
_SUMS = ("合计", "总计", "小计", "共计")
_KNOWN = {header_key(word): name for name, words in COLUMNS.items() for word in words}


class NoNames(ImportRefused):
    message = _("没有读到组织名称。列名用“全称”或“党组织名称”。")


class TooManyLines(ImportRefused):
    message = _("共 {found} 行，一次最多 {limit} 行。请拆分后分批导入。")


@dataclass(frozen=True)
class Listed:
    """Lines with a name; headings that nothing is made of; and how many lines were of units closed already."""

    lines: list[Line]
    unused: list[str]
    closed: int


def read(text: str) -> Listed:
    """Cells are parted by tabs, as sheets paste them, or by commas. Raises NoNames, TooManyLines."""
    plain = text.replace("\r\n", "\n").replace("，", ",")
    separator = "\t" if "\t" in plain else ","
    return _listed(list(csv.reader(io.StringIO(plain), delimiter=separator)), needs_heading=False)


def read_file(data: bytes) -> Listed:
    """The first sheet with such a heading. Raises what `spreadsheets.sheets.read` does, NoNames, TooManyLines."""
    book = read_book(data)
    for sheet in book.sheets:
        rows = [[text_of(cell) for cell in row] for row in sheet.rows]
        if _heading(rows) is not None:
            return _listed(rows, needs_heading=True)
    raise NoNames


def _listed(rows: Sequence[Sequence[str]], *, needs_heading: bool) -> Listed:
    at = _heading(rows)
    if at is None and needs_heading:
        raise NoNames
    order = dict(enumerate(WITHOUT_HEADING)) if at is None else _columns(rows[at])
    first = 0 if at is None else at + 1
    lines, closed = [], 0
    for number, row in enumerate(rows[first:], start=first + 1):
        cells = {name: _clean(row[column]) for column, name in order.items() if column < len(row)}
        if not cells.get("name") or cells["name"].startswith(_SUMS):
            continue
        if cells.pop("closed_on", ""):
            closed += 1
            continue
        lines.append(Line(number, **cells))
    if not lines and not closed:
        raise NoNames
    if len(lines) > MOST_LINES:
        raise TooManyLines(found=len(lines), limit=MOST_LINES)
    unused = [] if at is None else [cell.strip() for n, cell in enumerate(rows[at]) if n not in order and cell.strip()]
    return Listed(lines, unused, closed)


def _heading(rows: Sequence[Sequence[str]]) -> int | None:
    """Which row names the columns. A line of one cell is no heading, but for a list of names alone."""
    for at, row in enumerate(rows[:_TITLES]):
        names = set(_columns(row).values())
        if "name" in names and (len(names) > 1 or not at):
            return at
    return None


def _columns(row: Sequence[str]) -> dict[int, str]:
    """Column → name; of two of one name the first."""
    found: dict[int, str] = {}
    for at, cell in enumerate(row):
        name = _KNOWN.get(header_key(cell))
        if name and name not in found.values():
            found[at] = name
    return found


def _clean(cell: str) -> str:
    return "".join(text_of(cell).split())
