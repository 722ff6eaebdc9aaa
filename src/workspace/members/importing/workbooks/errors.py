"""The rows that did not pass, as they were sent, with the reasons beside them."""

from django.utils.translation import gettext as _

from shared.spreadsheets.cells import text_of
from workspace.members.importing.columns import BY_NAME, FIELDS
from workspace.members.importing.dryrun import DryRun
from workspace.members.importing.tables import Table
from workspace.members.importing.verdicts import Row, Verdict
from workspace.members.importing.workbooks.paper import Paper, writer

REASON = "问题说明"
_HEADER_ROW = 0


def error_workbook(run: DryRun, table: Table, *, everything: bool = False) -> bytes:
    """The problem rows (all rows if `everything`) in the order and columns of the file that was sent.

    A first column says why; wrong cells are coloured and carry their message as a comment; corrections
    made in the page stand in the cells. Fixed and sent again, it imports as it is: the reason column is
    none of ours, so it is ignored.
    """
    paper = Paper()
    sheet = paper.book.add_worksheet("待修改")
    write = writer(sheet, paper)
    fields = {index: name for name, index in run.terms.mapping.fields.items()}
    width = max([len(table.labels), *(len(row.cells) for row in table.rows[:1])])
    sheet.set_column(0, 0, 48, paper.reason)
    write(_HEADER_ROW, 0, REASON, paper.header)
    for column in range(width):
        about = BY_NAME.get(fields.get(column, ""))
        label = table.labels[column] if column < len(table.labels) else ""
        sheet.set_column(column + 1, column + 1, about.width if about else 14, paper.text)
        write(_HEADER_ROW, column + 1, label, paper.header_for(about) if about else paper.header)
    rows = [row for row in run.rows if everything or row.verdict is Verdict.PROBLEM]
    for at, row in enumerate(rows, start=1):
        write(at, 0, _reasons(row), paper.reason)
        for column in range(width):
            field = fields.get(column)
            text = run.text(row.number, field) if field else _original(run, row.number, column)
            messages = [problem.message for problem in row.problems if field and problem.field == field]
            write(at, column + 1, text, paper.wrong if messages else None)
            if messages:
                sheet.write_comment(at, column + 1, "\n".join(messages), {"visible": False})
    sheet.freeze_panes(1, 1)
    return paper.finished()


def _original(run: DryRun, number: int, column: int) -> str:
    cells = run.sources[number].cells
    return text_of(cells[column]) if column < len(cells) else ""


def _reasons(row: Row) -> str:
    """Errors first, each on its line, with what to type where that is known."""
    said = []
    order = {about.name: place for place, about in enumerate(FIELDS)}
    for problem in sorted(row.problems, key=lambda p: (not p.is_error, order.get(p.field, -1))):
        hint = _("建议：{suggestion}").format(suggestion=problem.suggestion) if problem.suggestion else ""
        said.append(" ".join(part for part in (problem.message, hint) if part))
    return "\n".join(said)
