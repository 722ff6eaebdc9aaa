"""The tree as a workbook or as CSV, in the official columns (party-rules: organisation columns)."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter
from django.utils.translation import gettext as _

from workspace.organization import columns
from workspace.organization.facts import shown
from workspace.organization.queries import Row

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_BOM = "\ufeff"  # without it, office programs on Windows read UTF-8 as GBK
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def headings(labels: Sequence[str]) -> list[str]:
    """The official columns in order, with the counters' `labels` and other apps' columns among them, then ours."""
    return [
        _("编码"),
        _("全称"),
        _("简称"),
        _("组织类别"),
        _("上级党组织"),
        _("成立日期"),
        *labels,
        *(str(column.label) for column in columns.columns()),
        _("联系人"),
        _("联系电话"),
        _("所在单位情况"),
        _("行政区划"),
        _("显示排序"),
        _("本届选举日期"),
        _("撤销日期"),
        _("撤销原因"),
    ]


def csv_text(rows: Sequence[Row], labels: Sequence[str]) -> bytes:
    """UTF-8 with BOM. A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(headings(labels))
    for cells in _cells(rows):
        writer.writerow([_defused(cell) for cell in cells])
    return (_BOM + out.getvalue()).encode()


def workbook(rows: Sequence[Row], labels: Sequence[str]) -> bytes:
    """One sheet; texts are written as texts, so nothing in them runs."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("党组织"))
        bold = book.add_format({"bold": True, "bg_color": "#F3F0EA", "bottom": 1})
        sheet.write_row(0, 0, headings(labels), bold)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 36)
        sheet.set_column(2, len(headings(labels)), 16)
        for number, (row, cells) in enumerate(zip(rows, _cells(rows), strict=True), start=1):
            sheet.write_row(number, 0, cells)
            sheet.write_string(number, 1, row.unit.name, book.add_format({"indent": row.level}))
    return out.getvalue()


def _cells(rows: Sequence[Row]) -> Iterator[list[str | int]]:
    for row in rows:
        unit = row.unit
        yield [
            unit.code,
            unit.name,
            unit.short_name,
            str(unit.get_type_display()),
            row.parent,
            _day(unit.established_on),
            *row.counts,
            *row.words,
            unit.contact,
            unit.contact_phone,
            shown("situation", unit.situation),
            unit.region,
            row.place,
            _day(unit.elected_on),
            _day(unit.closed_on),
            unit.closing_reason,
        ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _defused(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
