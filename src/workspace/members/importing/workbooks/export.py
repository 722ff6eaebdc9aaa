"""The register in the official columns, which can be sent in again and changes nothing."""

from collections.abc import Iterable, Mapping

from workspace.members.importing.cleaning import Value
from workspace.members.importing.columns import FIELDS
from workspace.members.importing.existing import shown
from workspace.members.importing.units import UnitIndex, UnitName
from workspace.members.importing.workbooks.paper import Paper, writer


def export_workbook(rows: Iterable[Mapping[str, Value]], units: Iterable[UnitName] = ()) -> bytes:
    """Values by field name, as the register holds them (codes, dates, the unit's key or its name).

    Every cell is text, numbers and dates included: nothing is lost to a spreadsheet's own ideas.
    """
    paper = Paper()
    sheet = paper.book.add_worksheet("党员名册")
    write = writer(sheet, paper)
    index = UnitIndex(units)
    for column, about in enumerate(FIELDS):
        sheet.set_column(column, column, about.width, paper.text)
        write(0, column, about.zh, paper.header_for(about))
    last = 0
    for last, values in enumerate(rows, start=1):
        for column, about in enumerate(FIELDS):
            write(last, column, shown(about.name, values.get(about.name), index))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(FIELDS) - 1)
    return paper.finished()
