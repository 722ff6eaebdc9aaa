"""A dashboard as a workbook or as CSV: figures, months, units, what needs attention, and how it was computed."""

import csv
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO

import xlsxwriter
from django.utils.translation import gettext as _

from shared.exports import cell
from workspace.indicators.values import Dashboard, shown

Sheet = tuple[str, list[list[object]]]  # its name, and its rows under a heading

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_BOM = "\ufeff"  # without it, office programs on Windows read UTF-8 as GBK


def tables(board: Dashboard) -> list[Sheet]:
    """Every part of the dashboard as rows."""
    reach = board.reach
    head: list[list[object]] = [
        [str(board.kind.title), reach.unit.name, reach.span.label, _("截至 {day}").format(day=reach.until.isoformat())],
        [board.brief.verdict],
        [_("指标"), _("数值"), _("单位"), _("目标"), _("依据")],
    ]
    numbers: list[list[object]] = [
        [
            str(number.label),
            number.shown,
            str(number.unit),
            number.shown_target,
            str(number.missing.filled_by) if number.missing else number.note,
        ]
        for number in board.all_numbers
    ]
    return [(_("指标"), head + numbers), *_more(board)]


def _more(board: Dashboard) -> list[Sheet]:
    drawn = [*board.charts, *([board.trend] if board.trend else [])]
    found: list[Sheet] = [
        (str(chart.title), [[str(name) for name in chart.columns], *(list(row) for row in chart.rows)])
        for chart in drawn
    ]
    if board.breakdown:
        columns = board.breakdown.columns
        rows: list[list[object]] = [
            [row.label, *(shown(value, unit) for value, (_label, unit) in zip(row.values, columns, strict=True))]
            for row in board.breakdown.rows
        ]
        found.append((_("下级组织"), [[_("党组织"), *(f"{label} {unit}" for label, unit in columns)], *rows]))
    if board.attention:
        lines: list[list[object]] = [[item.place, item.text] for item in board.attention]
        found.append((_("需要关注"), [[_("党组织"), _("事项")], *lines]))
    explained: list[list[object]] = [
        [str(one.label), str(one.words), "；".join(cited.citation for cited in one.rules), str(one.outside)]
        for one in board.kind.explanations
    ]
    return [*found, (_("计算方法"), [[_("指标"), _("公式"), _("依据"), _("不计入")], *explained])]


def workbook(board: Dashboard) -> bytes:
    """One sheet for each part; texts are written as texts, so nothing in them runs."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        for number, (name, rows) in enumerate(tables(board), start=1):
            sheet = book.add_worksheet(f"{number} {_sheet_name(name)}"[:31])
            sheet.set_column(0, 0, 28)
            sheet.set_column(1, 8, 22)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, [value if isinstance(value, int | float) else str(value or "") for value in row])
    return out.getvalue()


def csv_text(board: Dashboard) -> bytes:
    """UTF-8 with BOM, the parts one below the other. What a spreadsheet would run as a formula is defused."""
    out = StringIO()
    writer = csv.writer(out)
    for number, (name, rows) in enumerate(tables(board)):
        if number:
            writer.writerow([])
            writer.writerow([name])
        writer.writerows([cell(value) for value in row] for row in rows)
    return (_BOM + out.getvalue()).encode()


def _sheet_name(name: str) -> str:
    """Without what a sheet's name may not hold."""
    return "".join(c for c in name if c not in "[]:*?/\\")


FORMS: Mapping[str, Callable[[Dashboard], bytes]] = {"xlsx": workbook, "csv": csv_text}
