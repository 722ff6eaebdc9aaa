"""One cell, one value, or a reason that says what to type."""

from datetime import date, datetime

import pytest

from shared.spreadsheets.cells import Cell
from shared.spreadsheets.dates import BadDate, months_between, read_date, years_between
from workspace.members.importing.cleaning import Value, clean
from workspace.members.importing.columns import BY_NAME


@pytest.mark.parametrize(
    "cell",
    [
        "2019-03-05",
        "2019/3/5",
        "2019.3.5",
        "20190305",
        20190305,
        20190305.0,
        "2019年3月5日",
        "2019年03月05号",
        " 2019－03－05 ",
        "２０１９．３．５",
        "2019-03-05 00:00:00",
        "2019-03-05T08:30:00",
        "2019 年 3 月 5 日",
        43529,
        43529.0,
        "43529",
        43529.5,
        datetime(2019, 3, 5, 12, 0),  # noqa: DTZ001 - spreadsheets know no zones
        date(2019, 3, 5),
    ],
)
def test_a_date_is_read_in_every_common_form(cell: Cell) -> None:
    read = read_date(cell)
    assert (read.day, read.whole) == (date(2019, 3, 5), True)


@pytest.mark.parametrize("cell", ["2019.03", "2019-3", "2019年3月", "201903", 201903, 2019.03, "2019/3", "2019年3月份"])
def test_a_month_stands_on_its_first_day_and_says_so(cell: Cell) -> None:
    read = read_date(cell)
    assert (read.day, read.whole) == (date(2019, 3, 1), False)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("19.3.5", "two_digit_year"),
        ("85年3月", "two_digit_year"),
        ("85-03", "two_digit_year"),
        ("2019", "year_only"),
        (2019, "year_only"),
        ("2019年", "year_only"),
        (2019.1, "ambiguous_month"),
        ("2019-02-30", "no_such_day"),
        ("20191301", "no_such_day"),
        ("2019.13", "no_such_day"),
        ("05/03/2019", "bad_date"),
        ("去年春天", "bad_date"),
        (True, "bad_date"),
        (3.7, "bad_date"),
    ],
)
def test_a_date_that_is_not_certain_is_refused_with_its_reason(cell: Cell, code: str) -> None:
    with pytest.raises(BadDate) as refused:
        read_date(cell)
    assert refused.value.code == code


def test_typed_ten_and_stored_one_are_told_apart() -> None:
    assert read_date("2019.10").day == date(2019, 10, 1)
    assert read_date("2019.1").day == date(2019, 1, 1)
    assert read_date(2019.12).day == date(2019, 12, 1)


@pytest.mark.parametrize(
    ("field", "cell", "value", "code"),
    [
        ("name", "张　三", "张三", None),
        ("name", " 张 三 丰 ", "张三丰", None),
        ("name", "买买提•江", "买买提·江", None),
        ("name", "李四(女)", "李四", None),
        ("name", "王小明(回族)", "王小明", None),
        ("name", "John  Smith", "John Smith", None),
        ("name", "张三1", None, "bad_name"),
        ("name", "张三?", None, "bad_name"),
        ("name", "张" * 51, None, "too_long"),
        ("citizen_number", "11010519491231002x", "11010519491231002X", None),
        ("citizen_number", 1.10105e17, None, "lost_precision"),
        ("citizen_number", 110105194912310021, None, "lost_precision"),
        ("citizen_number", "1.10101E+17", None, "lost_precision"),
        ("citizen_number", "110105491231002", None, "citizen_legacy"),
        ("citizen_number", 110105491231002.0, None, "citizen_legacy"),
        ("citizen_number", "11010519491231002", None, "citizen_length"),
        ("citizen_number", "110105194912310021", None, "bad_check_digit"),
        ("citizen_number", "110105194913310021", None, "citizen_date"),
        ("citizen_number", "11010519491231OO2X", None, "citizen_characters"),
        ("phone", "+86 138-1234-1234", "13812341234", None),
        ("phone", 13812341234, "13812341234", None),
        ("phone", 13812341234.0, "13812341234", None),
        ("phone", "010-62345678/13812341234", "13812341234", None),
        ("phone", "0571-87654321", "0571-87654321", "landline"),
        ("phone", "12345", None, "bad_phone"),
        ("ethnic_group", "汉", "01", None),
        ("ethnic_group", "火星", None, "unknown_code"),
        ("education", "大学", "21", None),
        ("sex", "M", "1", None),
        ("category", "预备", "probationary", None),
        ("category", "路人", None, "unknown_category"),
        ("is_floating", "√", True, None),
        ("is_floating", "是", True, None),
        ("is_floating", True, True, None),
        ("is_floating", "×", False, None),
        ("is_floating", "否", False, None),
        ("is_floating", "也许", None, "bad_boolean"),
        ("probation_extension", "半年", 6, None),
        ("probation_extension", "6个月", 6, None),
        ("probation_extension", 12.0, 12, None),
        ("probation_extension", "未延长", None, None),
        ("party_age_correction_months", "-3", -3, None),
        ("party_age_correction_months", "不详", None, "bad_months"),
        ("job", " 财务部(二科)，\n副科长 ", "财务部(二科)， 副科长", None),
        ("job", "/", None, None),
        ("job", "'=1+1", "=1+1", None),
        ("residence", "#N/A", None, None),
    ],
)
def test_a_cell_becomes_a_value_or_a_reason(field: str, cell: Cell, value: Value, code: str | None) -> None:
    cleaned = clean(BY_NAME[field], cell)
    assert cleaned.value == value
    assert (cleaned.problem.code if cleaned.problem else None) == code


def test_a_legacy_number_suggests_the_new_one() -> None:
    problem = clean(BY_NAME["citizen_number"], "110105491231002").problem
    assert problem is not None
    assert problem.suggestion == "11010519491231002X"


def test_months_and_years_are_calendar_months_and_years() -> None:
    assert months_between(date(2020, 1, 31), date(2020, 2, 29)) == 1
    assert months_between(date(2020, 3, 10), date(2021, 3, 9)) == 11
    assert years_between(date(2000, 2, 29), date(2018, 2, 28)) == 17
