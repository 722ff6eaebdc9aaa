"""The engine of the member import: bytes in, judged rows out. No database.

book = read(data)                                   # sheets.py: any spreadsheet, within limits
table = best_table(book)                            # tables.py: header found, totals and notes left out
mapping = guess(table)                              # mapping.py: column -> field, changed by the user
run = dry_run(table.rows, mapping, units, existing, on=today)
run.counts, run.rows                                # new / updated / unchanged / problem
run.fix(12, "joined_on", "2019-03-05")              # re-judges the row and the rows it met
error_workbook(run, table)                          # workbooks/: the same rows plus a reason column
"""

from shared.spreadsheets.sheets import Workbook, read
from workspace.members.importing.dryrun import DryRun, dry_run
from workspace.members.importing.existing import Change, ExistingIndex, ExistingMember
from workspace.members.importing.mapping import Mapping, from_plain, guess
from workspace.members.importing.problems import Problem, Severity
from workspace.members.importing.tables import Table, best_table, table_of
from workspace.members.importing.units import UnitName
from workspace.members.importing.verdicts import Counts, Row, Verdict, as_plain
from workspace.members.importing.workbooks import error_workbook, export_workbook, template_workbook

__all__ = [
    "Change",
    "Counts",
    "DryRun",
    "ExistingIndex",
    "ExistingMember",
    "Mapping",
    "Problem",
    "Row",
    "Severity",
    "Table",
    "UnitName",
    "Verdict",
    "Workbook",
    "as_plain",
    "best_table",
    "dry_run",
    "error_workbook",
    "export_workbook",
    "from_plain",
    "guess",
    "read",
    "table_of",
    "template_workbook",
]
