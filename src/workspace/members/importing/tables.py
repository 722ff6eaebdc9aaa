"""The table on a sheet: its column names and its rows, without titles, totals, notes and page headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from shared.spreadsheets.cells import Cell, is_blank, text_of
from shared.spreadsheets.limits import DEFAULT, Limits
from shared.spreadsheets.refusals import TooLarge
from shared.spreadsheets.sheets import Sheet, Workbook
from workspace.members.importing.headers import Header, find_header, repeats
from workspace.members.importing.matching import field_for
from workspace.members.importing.refusals import NoHeader, NoRows

_TOTAL = re.compile(r"^(?:合|总|小|共)\s*计")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表|制表|审核|填报|审批|单位负责人|负责人|联系人|以下空白|以下无|打印|日期|共\s*\d+\s*[人名条]|\*)"
)
_SERIAL = re.compile(r"^\d{1,6}$")
_FEW = 3
_LONGEST_NAME = 4
_ORGANISATION = re.compile(r"(?:支部|总支|党委|小组|公司|部门|学院|社区|村)$")


class Why(StrEnum):
    """Why a row below the header is not a person."""

    TOTAL = "total"
    NOTE = "note"
    SECTION = "section"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the file as it came; `number` counts from 1 as spreadsheets do."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out, shown to the user so that nothing goes missing in silence."""

    number: int
    why: Why
    text: str


@dataclass(frozen=True)
class Table:
    """Labels by column ("" for none), rows of people, and what was left out between them."""

    sheet: str
    header: Header
    labels: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    skipped: tuple[Skipped, ...]
    hidden_columns: frozenset[int] = frozenset()


def best_table(book: Workbook, *, limits: Limits = DEFAULT) -> Table:
    """The most convincing table of a workbook. Raises NoHeader when no sheet has one, NoRows, TooLarge."""
    tables = [(sheet, table) for sheet in book.sheets if (table := _table(sheet, limits))]
    if not tables:
        raise NoHeader
    return _filled(max(tables, key=lambda pair: _rank(*pair))[1])


def table_of(sheet: Sheet, *, limits: Limits = DEFAULT) -> Table:
    """The table on this sheet. Raises NoHeader, NoRows, TooLarge."""
    table = _table(sheet, limits)
    if table is None:
        raise NoHeader
    return _filled(table)


def _filled(table: Table) -> Table:
    if not table.rows:
        raise NoRows
    return table


def _rank(sheet: Sheet, table: Table) -> tuple[bool, bool, bool, int, int]:
    return table.header.has_name, bool(table.rows), not sheet.hidden, table.header.fields, len(table.rows)


def _table(sheet: Sheet, limits: Limits) -> Table | None:
    header = find_header(sheet)
    if header is None:
        return None
    rows: list[SourceRow] = []
    skipped: list[Skipped] = []
    names = [i for i, label in enumerate(header.labels) if field_for(label)[0] == "name"]
    for at in range(header.last + 1, len(sheet.rows)):
        cells = sheet.rows[at]
        filled = [i for i, cell in enumerate(cells) if not is_blank(cell)]
        if not filled or _only_serial(filled, cells, names):
            continue
        if why := _not_a_person(header, cells, filled, names):
            skipped.append(Skipped(at + 1, why, text_of(cells[filled[0]])[:80]))
        else:
            rows.append(SourceRow(at + 1, tuple(cells)))
    if len(rows) > limits.rows:
        raise TooLarge(what=_("行数"), found=len(rows), limit=limits.rows)
    return Table(sheet.name, header, header.labels, tuple(rows), tuple(skipped), sheet.hidden_columns)


def _only_serial(filled: list[int], cells: Sequence[Cell], names: list[int]) -> bool:
    """A row numbered in advance and then left empty."""
    return len(filled) == 1 and filled[0] not in names and bool(_SERIAL.match(text_of(cells[filled[0]])))


def _not_a_person(header: Header, cells: Sequence[Cell], filled: list[int], names: list[int]) -> Why | None:
    texts = [text_of(cells[i]) for i in filled[:_FEW]]
    if any(_TOTAL.match(text) for text in texts):
        return Why.TOTAL
    if len(filled) <= _FEW and _NOTE.match(texts[0]):
        return Why.NOTE
    if repeats(header.labels, cells):
        return Why.HEADER
    alone = len(filled) == 1 and sum(1 for label in header.labels if label) > _FEW
    a_name = filled[0] in names and len(texts[0]) <= _LONGEST_NAME and not _ORGANISATION.search(texts[0])
    if alone and not a_name:
        return Why.NOTE if len(texts[0]) > 30 else Why.SECTION
    return None
