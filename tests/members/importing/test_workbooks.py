"""Spreadsheets that go out come back in."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from shared.codes import ETHNIC_GROUPS
from shared.synthetic import people
from tests.support.sheets import HEADER, MAN, ON, UNITS, WOMAN, ZHANG, xlsx
from workspace.members.importing import (
    ExistingMember,
    Verdict,
    best_table,
    dry_run,
    error_workbook,
    export_workbook,
    guess,
    read,
    template_workbook,
)
from workspace.members.importing.columns import FIELDS, Need
from workspace.members.importing.refusals import NoRows


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def register(count: int) -> list[dict[str, Any]]:
    """Members as the register holds them, every column of some row filled."""
    found = []
    for at, who in enumerate(people(count, on=ON, seed=7)):
        found.append(
            {
                "name": who.name,
                "sex": who.sex,
                "citizen_number": who.citizen_number,
                "ethnic_group": who.ethnic_group,
                "birth_date": who.birth_date,
                "education": who.education,
                "category": "full" if who.converted_on else "probationary",
                "degree": who.degree,
                "unit": UNITS[at % 3].key,
                "phone": who.phone if at % 5 else "010-62345678",
                "joined_on": who.joined_on,
                "converted_on": who.converted_on,
                "party_age_correction_months": -3 if at % 7 == 0 else None,
                "new_social_stratum": "none",
                "job": "=cmd|' /C calc'!A0" if at == 0 else f"{who.job}(二科),主管",
                "technical_title": who.technical_title or None,
                "is_migrant_worker": False,
                "residence": "@杭州市" if at == 1 else "浙江省杭州市 西湖区1号",
                "registered_residence": "-" if at == 2 else "+86 某村",
                "is_lost_contact": False,
                "is_floating": at % 4 == 0,
                "joining_type": "admitted",
                "conversion_status": "on_time" if who.converted_on else "pending",
                "joined_at_unit": "某大学学生党支部",
                "probation_extension": 6 if at % 9 == 0 else None,
            }
        )
    return found


def test_what_is_exported_comes_back_and_changes_nothing() -> None:
    members = register(60)
    table = best_table(read(export_workbook(members, UNITS)))
    existing = [ExistingMember(str(at), values) for at, values in enumerate(members)]
    run = dry_run(table.rows, guess(table), UNITS, existing, on=ON)
    assert [(row.number, row.problems) for row in run.rows if row.errors] == []
    assert run.counts.unchanged == 60
    assert [row.held for row in run.rows if row.held] == []


def test_an_export_read_into_an_empty_register_gives_the_same_members() -> None:
    members = register(40)
    table = best_table(read(export_workbook(members, UNITS)))
    run = dry_run(table.rows, guess(table), UNITS, on=ON)
    for member, row in zip(members, run.rows, strict=True):
        held = {key: value for key, value in member.items() if value not in (None, "-")}
        assert dict(row.values) == held


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "=HYPERLINK(1)"])
def test_no_exported_cell_is_a_formula(text: str) -> None:
    data = export_workbook([{"name": "张三", "job": text}])
    cell = opened(data).active["P2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_identifying_numbers_are_text_cells() -> None:
    sheet = opened(export_workbook([{"name": "张三", "citizen_number": MAN, "phone": "13812341234"}])).active
    assert (sheet["C2"].value, sheet["C2"].number_format) == (MAN, "@")
    assert sheet["J2"].data_type == "s"


def test_the_template_has_the_official_columns_with_required_ones_in_red() -> None:
    sheet = opened(template_workbook(UNITS))["党员名册"]
    assert [cell.value for cell in sheet[1]] == [field.zh for field in FIELDS]
    red = {cell.value for cell in sheet[1] if cell.fill.fgColor.rgb == "FFB3121D"}
    assert red == {field.zh for field in FIELDS if field.need is Need.REQUIRED}
    assert sheet.freeze_panes == "B2"


def test_the_templates_lists_hold_every_code_and_the_units_of_the_workspace() -> None:
    book = opened(template_workbook(UNITS))
    assert book["选项"].sheet_state == "hidden"
    ranges = {str(v.sqref): v.formula1 for v in book["党员名册"].data_validations.dataValidation if v.type == "list"}
    assert ranges["D2:D2001"] == f"选项!$D$1:$D${len(ETHNIC_GROUPS)}"
    assert [cell.value for cell in book["选项"]["I"]][:3] == [unit.name for unit in UNITS]


def test_a_template_filled_in_is_read_by_its_register_sheet() -> None:
    book = opened(template_workbook(UNITS))
    book["党员名册"].append(["张三", "男", MAN, "汉族", None, None, "正式党员", None, UNITS[1].name])
    book["党员名册"]["K2"] = "2010-07-01"
    out = io.BytesIO()
    book.save(out)
    table = best_table(read(out.getvalue()))
    run = dry_run(table.rows, guess(table), UNITS, on=date(2026, 11, 20))
    assert table.sheet == "党员名册"
    assert [row.verdict for row in run.rows] == [Verdict.NEW]


def test_an_empty_template_says_that_it_is_empty() -> None:
    with pytest.raises(NoRows):
        best_table(read(template_workbook(UNITS)))


def test_the_error_workbook_holds_the_wrong_rows_as_sent_with_reasons_and_colours() -> None:
    header = ["序号", *HEADER, "备注"]
    data = xlsx(
        header,
        [1, "张三", MAN, *ZHANG[2:], "甲"],
        [2, "李四", WOMAN[:-1] + "9", *ZHANG[2:4], "10.7.1", None, "乙"],
    )
    table = best_table(read(data))
    run = dry_run(table.rows, guess(table), UNITS, on=ON)
    sheet = opened(error_workbook(run, table)).active
    assert [cell.value for cell in sheet[1]] == ["问题说明", *header]
    assert sheet.max_row == 2
    assert "校验位" in sheet["A2"].value
    assert [sheet["B2"].value, sheet["C2"].value, sheet["I2"].value] == ["2", "李四", "乙"]
    assert sheet["D2"].fill.fgColor.rgb == "FFFFF4E0"
    assert "两位" in sheet["G2"].comment.text
    assert sheet["C2"].fill.fill_type is None


def test_the_error_workbook_corrected_is_imported_as_it_is() -> None:
    data = xlsx(HEADER, ["李四", WOMAN, *ZHANG[2:4], "10.7.1", "2011-07-01"])
    table = best_table(read(data))
    run = dry_run(table.rows, guess(table), UNITS, on=ON)
    book = opened(error_workbook(run, table))
    book.active["F2"] = "2010.7.1"
    out = io.BytesIO()
    book.save(out)
    again = best_table(read(out.getvalue()))
    assert [r.verdict for r in dry_run(again.rows, guess(again), UNITS, on=ON).rows] == [Verdict.NEW]


def test_corrections_made_in_the_page_stand_in_the_error_workbook() -> None:
    table = best_table(read(xlsx(HEADER, ["李四", "", *ZHANG[2:4], "10.7.1", ""])))
    run = dry_run(table.rows, guess(table), UNITS, on=ON)
    run.fix(2, "joined_on", "2010-07-01")
    assert opened(error_workbook(run, table)).active["F2"].value == "2010-07-01"
