"""The empty sheet to fill in, and the rows that were given back with their reasons."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from workspace.development.importing.columns import COLUMNS
from workspace.members.importing.workbooks.paper import Paper, writer

_EXAMPLE = {
    "name": "（示例）张三",
    "unit": "第一党支部",
    "apply": "2025-03-01",
    "talk": "2025-03-20",
    "recommend": "2025-06-30",
    "examine": "2025-12-30、2026-06-30",
    "contact_names": "李四、王五",
}


def template() -> bytes:
    """Official column names in every language, since they are read back; a second sheet shows one row filled in."""
    paper = Paper()
    sheet = paper.book.add_worksheet("在办档案")
    guide = paper.book.add_worksheet("填写示例")
    for place, column in enumerate(COLUMNS):
        for page in (sheet, guide):
            page.set_column(place, place, 20, paper.text)
            page.write_string(0, place, column.label, paper.required if column.required else paper.header)
        guide.write_string(1, place, _EXAMPLE.get(column.field, ""))
    sheet.freeze_panes(1, 1)
    return paper.finished()


def returned(labels: Sequence[str], rows: Iterable[tuple[Sequence[str], Sequence[str]]]) -> bytes:
    """The rows as they came, with a column of reasons."""
    paper = Paper()
    sheet = paper.book.add_worksheet("退回的行")
    write = writer(sheet, paper)
    for place, label in enumerate([*labels, _("退回原因")]):
        sheet.set_column(place, place, 18, paper.text)
        write(0, place, label, paper.header)
    for number, (cells, reasons) in enumerate(rows, start=1):
        for place, text in enumerate(cells):
            write(number, place, text)
        write(number, len(labels), " ".join(reasons), paper.reason)
    return paper.finished()
