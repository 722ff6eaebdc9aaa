"""Headers are found where people put them, and what is no person is left out in the open."""

import io

import openpyxl
import pytest

from shared.spreadsheets.refusals import NoSuchSheet
from tests.support.sheets import HEADER, ZHANG, xlsx
from workspace.members.importing import best_table, guess, read, table_of
from workspace.members.importing.matching import field_for, likely_field_for
from workspace.members.importing.refusals import NoHeader, NoRows
from workspace.members.importing.tables import Why


def test_title_lines_above_the_header_are_passed_over() -> None:
    table = best_table(read(xlsx(["某公司党员花名册"], ["填报单位:某公司", None, "2026年11月"], HEADER, ZHANG)))
    assert table.header.first == 2
    assert table.rows[0].number == 4


def test_a_header_of_two_rows_is_read_down_its_merged_cells() -> None:
    top = ["姓名", "身份证号", "入党信息", None, "联系方式"]
    low = [None, None, "入党日期", "转正日期", None]
    row = ["张三", "", "2010-07-01", "2011-07-01", "13800000000"]
    merged = ("A1:A2", "B1:B2", "C1:D1", "E1:E2")
    table = best_table(read(xlsx(top, low, row, merged=merged)))
    assert (table.header.first, table.header.last) == (0, 1)
    assert guess(table).fields == {"name": 0, "citizen_number": 1, "joined_on": 2, "converted_on": 3, "phone": 4}
    assert len(table.rows) == 1


def test_two_header_cells_are_read_together_where_only_both_make_a_name() -> None:
    table = best_table(
        read(xlsx(["姓名", "入党", None], [None, "日期", "类型"], ["张三", "2010-07-01", "新发展"], merged=("B1:C1",)))
    )
    assert guess(table).fields == {"name": 0, "joined_on": 1, "joining_type": 2}


def test_a_row_of_data_is_not_taken_for_a_second_header_row() -> None:
    table = best_table(read(xlsx(["姓名", "性别", "民族"], ["张三", "男", "汉族"], ["李四", "女", "回族"])))
    assert len(table.rows) == 2


def test_totals_notes_sections_and_page_headers_are_left_out_and_listed() -> None:
    blank: list[str | None] = [None] * 6
    table = best_table(
        read(xlsx(HEADER, ["第一党支部"], ZHANG, blank, HEADER, ["李四", *ZHANG[1:]], ["合计", "2人"], ["注:请勿外传"]))
    )
    assert [row.cells[0] for row in table.rows] == ["张三", "李四"]
    assert [(s.number, s.why) for s in table.skipped] == [
        (2, Why.SECTION),
        (5, Why.HEADER),
        (7, Why.TOTAL),
        (8, Why.NOTE),
    ]


def test_rows_numbered_in_advance_and_left_empty_are_no_people() -> None:
    table = best_table(read(xlsx(["序号", *HEADER], [1, *ZHANG], [2], [3])))
    assert len(table.rows) == 1


def test_a_row_with_only_a_name_is_kept_to_be_completed() -> None:
    table = best_table(read(xlsx(HEADER, ZHANG, ["李四"])))
    assert len(table.rows) == 2


def test_the_sheet_that_holds_the_register_is_chosen_and_another_may_be() -> None:
    book = openpyxl.Workbook()
    example, register = book.create_sheet("说明"), book.create_sheet("名册")
    for row in (["姓名", "性别"], ["示例", "男"]):
        example.append(row)
    for row in (HEADER, ZHANG, ZHANG):
        register.append(row)
    out = io.BytesIO()
    book.save(out)
    read_back = read(out.getvalue())
    assert best_table(read_back).sheet == "名册"
    assert table_of(read_back.sheet("说明")).sheet == "说明"
    with pytest.raises(NoSuchSheet, match="没有"):
        read_back.sheet("没有")


def test_a_sheet_without_header_or_without_rows_is_refused() -> None:
    with pytest.raises(NoHeader):
        best_table(read(xlsx([1, 2, 3], [4, 5, 6])))
    with pytest.raises(NoRows):
        best_table(read(xlsx(HEADER)))


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("姓　名", "name"),
        ("*姓名", "name"),
        ("身份证\n号码", "citizen_number"),
        ("公民身份号码（必填）", "citizen_number"),
        ("本人身份证号码", "citizen_number"),
        ("手机号", "phone"),
        ("入党时间", "joined_on"),
        ("加入党组织日期", "joined_on"),
        ("党龄校正值（月）", "party_age_correction_months"),
        ("入党时所在支部", "joined_at_unit"),
        ("所在支部", "unit"),
        ("申请入党日期", None),
        ("入团日期", None),
        ("党支部书记", None),
        ("紧急联系电话", None),
        ("备注", None),
        ("", None),
    ],
)
def test_a_column_is_known_by_its_official_name_or_an_alias(label: str, field: str | None) -> None:
    assert field_for(label)[0] == field


def test_a_slip_of_the_pen_is_a_weak_guess() -> None:
    assert field_for("公民身分号码") == (None, 0.0)
    assert likely_field_for("公民身分号码") == ("citizen_number", 0.5)
