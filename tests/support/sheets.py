"""Small sheets for the tests of the import."""

import io
from datetime import date
from typing import Any

import openpyxl

from workspace.members.importing import DryRun, ExistingMember, UnitName, best_table, dry_run, guess, read

ON = date(2026, 11, 20)
UNITS = (
    UnitName("u1", "中共同心公司机关第一支部委员会", "机关一支部"),
    UnitName("u2", "同心公司第二党支部"),
    UnitName("u3", "同心公司退休党支部"),
)
# Valid numbers of the invented region: a man born 1985-03-05 and a woman born 1990-07-08.
MAN, WOMAN = "999999198503050013", "999999199007080023"
HEADER = ["姓名", "公民身份号码", "所在党支部", "人员类别", "入党日期", "转正日期"]
ZHANG = ["张三", "", "同心公司第二党支部", "正式党员", "2010-07-01", "2011-07-01"]


def xlsx(*rows: list[Any], merged: tuple[str, ...] = (), hidden: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    for letter in hidden:
        sheet.column_dimensions[letter].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def run_of(*rows: list[Any], existing: tuple[ExistingMember, ...] = (), **options: Any) -> DryRun:
    table = best_table(read(xlsx(*rows)))
    return dry_run(table.rows, guess(table), UNITS, existing, on=ON, **options)


def one(existing: tuple[ExistingMember, ...] = (), **cells: Any) -> Any:
    """The judged row of one person: 张三, well in order but for the cells given by official name."""
    person = {**dict(zip(HEADER, ZHANG, strict=True)), "公民身份号码": MAN, **cells}
    return run_of(list(person), list(person.values()), existing=existing).rows[0]


def codes(row: Any) -> set[str]:
    return {problem.code for problem in row.problems}
