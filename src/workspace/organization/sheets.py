"""The tree as a workbook or as CSV, in the official columns (party-rules: organisation columns)."""

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

import xlsxwriter
from django.utils.translation import gettext as _

from workspace.organization.queries import Row

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_BOM = "\ufeff"  # without it, office programs on Windows read UTF-8 as GBK
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def headings(labels: Sequence[str]) -> list[str]:
    """编码 全称 简称 组织类别 上级 成立日期 本届选举日期 联系人 联系电话, the counters' labels, 撤销日期 撤销原因."""
    return [
        _("编码"),
        _("全称"),
        _("简称"),
        _("组织类别"),
        _("上级党组织"),
        _("成立日期"),
        _("本届选举日期"),
        _("联系人"),
        _("联系电话"),
        *labels,
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
        sheet.set_column(2, 8, 16)
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
            unit.established_on.isoformat() if unit.established_on else "",
            unit.elected_on.isoformat() if unit.elected_on else "",
            unit.contact,
            unit.contact_phone,
            *row.counts,
            unit.closed_on.isoformat() if unit.closed_on else "",
            unit.closing_reason,
        ]


def _defused(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
