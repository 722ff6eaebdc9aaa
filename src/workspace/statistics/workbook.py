"""The tables as an Excel workbook: a sheet each, sums as formulas, and first how everything was made."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from workspace.statistics.book import Book
from workspace.statistics.notes import notes
from workspace.statistics.tables import Table
from workspace.statistics.verdicts import verdict

_HEAD = 3  # rows above a table's heading
_FORBIDDEN = "[]:*?/\\"


def workbook(book: Book, *, made_by: str, at: datetime) -> bytes:
    """Texts are written as texts, so nothing in them runs; the only formulas are our own sums."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as made:
        formats = {
            "bold": made.add_format({"bold": True, "bottom": 1}),
            "sum": made.add_format({"bold": True, "top": 1}),
        }
        _cover(made.add_worksheet(_("说明")), book, made_by=made_by, at=at)
        for number, table in enumerate(book.tables.values(), start=1):
            name = "".join(sign for sign in str(table.title) if sign not in _FORBIDDEN)
            _sheet(made.add_worksheet(f"{number} {name}"[:31]), book, table, formats, made_by)
    return out.getvalue()


def _cover(sheet: Any, book: Book, *, made_by: str, at: datetime) -> None:
    days = book.reach.days
    lines = [
        (_("党组织"), book.reach.unit.name),
        (_("截止日"), days.on.isoformat()),
        (_("比较日"), days.since.isoformat()),
        (_("制表人"), made_by),
        (_("制表时间"), f"{timezone.localtime(at):%Y-%m-%d %H:%M}"),
        (_("结论"), verdict(book)),
        *((_("说明") if not number else "", line) for number, line in enumerate(notes())),
    ]
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 100)
    for at_row, line in enumerate(lines):
        sheet.write_row(at_row, 0, line)


def _sheet(sheet: Any, book: Book, table: Table, formats: dict[str, Any], made_by: str) -> None:
    days = book.reach.days
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(table.columns), 14)
    sheet.write_row(0, 0, [str(table.title), book.reach.unit.name])
    told = _("截至 {day}，与 {since} 比较；制表人 {name}").format(day=days.on, since=days.since, name=made_by)
    sheet.write_row(1, 0, [told])
    sheet.write_row(2, 0, [str(table.note)])
    sheet.write_row(_HEAD, 0, [_("党组织"), *(str(column.label) for column in table.columns)], formats["bold"])
    sheet.freeze_panes(_HEAD + 1, 1)
    first = _HEAD + 1
    for number, row in enumerate(table.rows, start=first):
        sheet.write_row(number, 0, [row.line.label, *row.values])
    last = first + len(table.rows)
    sheet.write(last, 0, _("合计"), formats["sum"])
    for at, total in enumerate(table.total, start=1):
        formula = f"=SUM({xl_rowcol_to_cell(first, at)}:{xl_rowcol_to_cell(last - 1, at)})"
        sheet.write_formula(last, at, formula, formats["sum"], total)
    if table.before is not None:
        _compared(sheet, book, table, last)
    if table.name == "changes":
        _checked(sheet, table, first, last)


def _compared(sheet: Any, book: Book, table: Table, last: int) -> None:
    """The earlier day's total, and the difference as a formula."""
    sheet.write(last + 1, 0, book.reach.days.since.isoformat())
    sheet.write(last + 2, 0, _("增减"))
    for at, (now, before) in enumerate(zip(table.total, table.before or [], strict=True), start=1):
        sheet.write(last + 1, at, before)
        formula = f"={xl_rowcol_to_cell(last, at)}-{xl_rowcol_to_cell(last + 1, at)}"
        sheet.write_formula(last + 2, at, formula, None, now - before)


def _checked(sheet: Any, table: Table, first: int, last: int) -> None:
    """Beside each row of the reconciliation: opening and everything added or taken away, less closing, is zero."""
    beside = len(table.columns) + 1
    sheet.write(_HEAD, beside, _("核对（应为 0）"))
    for row in range(first, last + 1):
        parts = [xl_rowcol_to_cell(row, 1)]
        for at, column in enumerate(table.columns, start=1):
            if column.sign:
                parts.append(f"{'+' if column.sign > 0 else '-'}{xl_rowcol_to_cell(row, at)}")
        sheet.write_formula(row, beside, f"={''.join(parts)}-{xl_rowcol_to_cell(row, beside - 1)}", None, 0)
