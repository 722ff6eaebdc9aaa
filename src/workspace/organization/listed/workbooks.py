"""Sheets that go with a list: an empty one to fill in, and the lines that were not taken, with the reason."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from workspace.organization.listed.lines import COLUMNS, Line

_WIDE = {"name", "parent"}
_NAMES = [name for name in COLUMNS if name != "closed_on"]


def template() -> bytes:
    """The columns that are read, and nothing else."""
    return _sheet([], [])


def returned(lines: Sequence[tuple[Line, str]]) -> bytes:
    """Each line as it was read, and what is wrong with it in a last column, which reading it again leaves out."""
    rows = [[*(getattr(line, name) for name in _NAMES), why] for line, why in lines]
    return _sheet(rows, [_("原因")])


def _sheet(rows: Iterable[Sequence[str]], more: Sequence[str]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("党组织"))
        bold, text = book.add_format({"bold": True, "bg_color": "#F3F0EA"}), book.add_format({"num_format": "@"})
        for column, heading in enumerate([*(COLUMNS[name][0] for name in _NAMES), *more]):
            wide = column >= len(_NAMES) or _NAMES[column] in _WIDE
            sheet.set_column(column, column, 36 if wide else 14, text)
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return out.getvalue()
