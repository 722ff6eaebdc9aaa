"""What a row says about itself, about the rows beside it, and about the members already here."""

from datetime import date

import pytest

from tests.support.sheets import HEADER, MAN, UNITS, WOMAN, ZHANG, codes, one, run_of
from workspace.members.importing import ExistingMember, Severity, Verdict, as_plain
from workspace.members.importing.dryrun import NoSuchRow, NotAcceptable
from workspace.members.importing.mapping import UnknownField
from workspace.members.importing.problems import MESSAGES
from workspace.members.importing.units import UnitIndex, UnitName


def registered(**values: object) -> ExistingMember:
    known = {
        "name": "张三",
        "citizen_number": MAN,
        "sex": "1",
        "birth_date": date(1985, 3, 5),
        "unit": "u2",
        "category": "full",
        "joined_on": date(2010, 7, 1),
        "converted_on": date(2011, 7, 1),
        **values,
    }
    return ExistingMember("m1", known)  # type: ignore[arg-type]


def test_a_sound_row_is_new_with_birth_date_and_sex_from_the_number() -> None:
    row = one()
    assert (row.verdict, row.problems) == (Verdict.NEW, ())
    assert (row.values["sex"], row.values["birth_date"]) == ("1", date(1985, 3, 5))
    assert row.derived == {"sex", "birth_date"}
    assert row.values["unit"] == "u2"


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"姓名": ""}, "name", "required"),
        ({"所在党支部": ""}, "unit", "required"),
        ({"人员类别": ""}, "category", "required"),
        ({"入党日期": ""}, "joined_on", "required"),
        ({"公民身份号码": ""}, "citizen_number", "no_identity"),
        ({"性别": "女"}, "sex", "sex_conflict"),
        ({"出生日期": "1985-03-06"}, "birth_date", "birth_conflict"),
        ({"入党日期": "2003-03-04"}, "joined_on", "joined_young"),
        ({"入党日期": "1980-03-04", "转正日期": ""}, "joined_on", "joined_before_birth"),
        ({"转正日期": "2010-06-30"}, "converted_on", "converted_before_joined"),
        ({"人员类别": "预备党员"}, "converted_on", "probationary_converted"),
        ({"人员类别": "积极分子"}, "joined_on", "not_yet_member"),
        ({"入党日期": "2027-01-01", "转正日期": ""}, "joined_on", "in_future"),
        ({"所在党支部": "第九党支部"}, "unit", "unknown_unit"),
    ],
)
def test_a_contradiction_keeps_the_row_out(cells: dict[str, str], field: str, code: str) -> None:
    row = one(**cells)
    assert row.verdict is Verdict.PROBLEM
    assert (field, code) in {(p.field, p.code) for p in row.errors}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"转正日期": ""}, "conversion_missing"),
        ({"转正日期": "2011-06-30"}, "converted_early"),
        ({"人员类别": "预备党员", "转正日期": "", "入党日期": "2025-01-01"}, "probation_overdue"),
        ({"延长预备期时间": "3个月"}, "bad_extension"),
        ({"党龄": "20"}, "party_age_differs"),
        ({"入党日期": "2010.07"}, "day_missing"),
        ({"公民身份号码": "", "出生日期": "1985-03-05"}, "no_citizen_number"),
        ({"手机号码": "12345"}, "bad_phone"),
        ({"民族": "火星"}, "unknown_code"),
    ],
)
def test_what_is_odd_but_possible_is_a_warning(cells: dict[str, str], code: str) -> None:
    row = one(**cells)
    assert row.verdict is Verdict.NEW
    assert codes(row) == {code}


@pytest.mark.parametrize(
    "cells",
    [
        {"入党日期": "2003-03-05", "转正日期": "2004-03-05"},  # the eighteenth birthday
        {"转正日期": "2011-07-01"},
        {"人员类别": "预备党员", "转正日期": "", "入党日期": "2025-11-20"},  # probation ends today
        {"人员类别": "预备党员", "转正日期": "", "入党日期": "2025-05-20", "延长预备期时间": "6"},
        {"人员类别": "积极分子", "转正日期": "", "入党日期": ""},
        {"党龄": "15", "出生日期": "1985.3"},
        {"出生日期": "1985年3月"},
    ],
)
def test_what_just_holds_is_no_problem(cells: dict[str, str]) -> None:
    assert one(**cells).problems == ()


def test_a_vague_birth_date_gives_way_to_the_numbers_day() -> None:
    assert one(出生日期="1985.3").values["birth_date"] == date(1985, 3, 5)


def test_before_the_statutes_of_1956_a_young_admission_is_only_a_warning() -> None:
    row = one(公民身份号码="", 出生日期="1930-01-01", 入党日期="1946-01-01", 转正日期="1947-01-01")
    assert [p.severity for p in row.problems if p.code == "joined_young"] == [Severity.WARNING]


def test_defaults_fill_empty_cells_only() -> None:
    run = run_of(
        ["姓名", "出生日期", "入党日期", "所在党支部"],
        ["张三", "1985-03-05", "2010-07-01", ""],
        ["李四", "1986-03-05", "2010-07-01", "退休党支部"],
        defaults={"unit": "u1", "category": "full"},
    )
    assert [row.values["unit"] for row in run.rows] == ["u1", "u3"]
    assert [row.values["category"] for row in run.rows] == ["full", "full"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("同心公司第二党支部", "u2"),
        ("同心公司第2支部", "u2"),
        (" 同心公司 第二 党支部委员会", "u2"),
        ("机关一支部", "u1"),
        ("同心公司机关第一党支部", "u1"),
        ("中国共产党同心公司退休支部", "u3"),
        ("退休党支部", "u3"),
    ],
)
def test_a_unit_is_found_by_full_short_and_near_names(text: str, key: str) -> None:
    match = UnitIndex(UNITS).match(text)
    assert match.unit is not None
    assert match.unit.key == key


def test_a_near_miss_is_suggested_and_never_taken() -> None:
    match = UnitIndex(UNITS).match("同心公司第二党支布")
    assert match.unit is None
    assert match.problem is not None
    assert match.problem.suggestion == "同心公司第二党支部"


def test_a_name_of_two_units_is_ambiguous_and_twelve_is_not_two() -> None:
    index = UnitIndex(
        [UnitName("a", "甲公司第2党支部"), UnitName("b", "乙公司第2党支部"), UnitName("c", "甲公司第12党支部")]
    )
    assert index.match("第二党支部").problem.code == "ambiguous_unit"  # type: ignore[union-attr]
    assert index.match("第12党支部").unit.key == "c"  # type: ignore[union-attr]


def test_rows_with_one_number_and_different_content_are_all_held_up() -> None:
    run = run_of(HEADER, ["张三", MAN, *ZHANG[2:]], ["李四", MAN, *ZHANG[2:]])
    assert [codes(row) for row in run.rows] == [{"duplicate_number"}, {"duplicate_number"}]
    assert "第 3 行" in run.rows[0].problems[0].message


def test_of_rows_that_say_the_same_the_first_goes_in() -> None:
    run = run_of(HEADER, ["张三", MAN, *ZHANG[2:]], ["张三", MAN, *ZHANG[2:]])
    assert [row.verdict for row in run.rows] == [Verdict.NEW, Verdict.PROBLEM]


def test_without_a_number_name_and_birth_date_tell_a_duplicate() -> None:
    header, row = [*HEADER, "出生日期"], [*ZHANG, "1985-03-05"]
    run = run_of(header, row, ["张三", MAN, *row[2:]], ["张三", "", *ZHANG[2:], "1985-03-06"])
    assert [row.verdict for row in run.rows] == [Verdict.PROBLEM, Verdict.NEW, Verdict.NEW]
    assert "likely_duplicate" in codes(run.rows[0])


def test_correcting_one_cell_judges_the_row_and_its_duplicates_again() -> None:
    other = [*ZHANG[2:]]
    run = run_of(HEADER, ["张三", MAN, *other], ["李四", MAN, *other], ["王五", WOMAN, *other])
    assert run.counts.problem == 2
    again = run.fix(3, "citizen_number", "")
    assert [row.number for row in again] == [2, 3]
    assert run.row(2).verdict is Verdict.NEW
    assert codes(run.row(3)) == {"no_identity"}
    run.fix(3, "birth_date", "1986年1月2日")
    assert run.counts.new == 3
    run.fix(3, "citizen_number", WOMAN)
    assert run.row(4).verdict is Verdict.PROBLEM


def test_corrections_and_acceptances_given_again_give_the_same_answer() -> None:
    rows = (["姓名", "性别", *HEADER[1:]], ["张三", "女", MAN, *ZHANG[2:]], ["李四", "", WOMAN, "", *ZHANG[3:]])
    run = run_of(*rows)
    run.fix(3, "unit", "机关一支部")
    run.accept(2, "sex_conflict")
    again = run_of(*rows, fixes=run.fixes, accepted=run.accepted)
    assert [as_plain(row) for row in again.rows] == [as_plain(row) for row in run.rows]
    assert again.counts.problem == 0


def test_only_what_a_person_may_judge_can_be_accepted() -> None:
    run = run_of(HEADER, ["张三", MAN[:-1] + "9", *ZHANG[2:]])
    with pytest.raises(NotAcceptable):
        run.accept(2, "bad_check_digit")
    with pytest.raises(NoSuchRow):
        run.accept(99, "sex_conflict")
    with pytest.raises(UnknownField):
        run.fix(2, "salary", "1")


def test_a_member_already_here_is_unchanged_by_the_same_row() -> None:
    row = one((registered(),))
    assert (row.verdict, row.member, row.changes) == (Verdict.UNCHANGED, "m1", ())


def test_a_change_is_shown_from_old_to_new() -> None:
    row = one((registered(phone="13800000000", job=None),), 手机号码="13900000000", 工作岗位="会计")
    assert row.verdict is Verdict.UPDATED
    assert {(c.field, c.old, c.new) for c in row.changes} == {
        ("phone", "13800000000", "13900000000"),
        ("job", None, "会计"),
    }


def test_an_empty_cell_erases_nothing() -> None:
    assert one((registered(phone="13800000000"),), 手机号码="").verdict is Verdict.UNCHANGED


def test_a_difference_no_sheet_could_show_is_none() -> None:
    member = registered(probation_extension="6", job="经理  兼书记", converted_on=date(2012, 1, 1))
    row = one((member,), 延长预备期时间="6个月", 工作岗位="经理 兼书记", 转正日期="2012-01-01")
    assert row.verdict is Verdict.UNCHANGED


def test_what_was_changed_here_after_the_file_is_kept_and_said() -> None:
    member = registered(phone="13800000000")
    newer = ExistingMember(member.key, member.values, {"phone": date(2026, 11, 10)})
    header, row = [*HEADER, "手机号码"], ["张三", MAN, *ZHANG[2:], "13900000000"]
    kept = run_of(header, row, existing=(newer,), as_of=date(2026, 11, 1)).rows[0]
    assert (kept.verdict, kept.changes) == (Verdict.UNCHANGED, ())
    assert [c.field for c in kept.held] == ["phone"]
    assert codes(kept) == {"newer_here"}
    same_day = run_of(header, row, existing=(newer,), as_of=date(2026, 11, 10)).rows[0]
    assert codes(same_day) == {"newer_here"}
    assert run_of(header, row, existing=(newer,), as_of=date(2026, 11, 11)).rows[0].verdict is Verdict.UPDATED


def test_standing_is_changed_by_events_and_not_by_a_sheet() -> None:
    member = registered(category="probationary", converted_on=None, joined_on=date(2010, 7, 1), unit="u1")
    row = one((member,))
    assert row.changes == ()
    assert {c.field for c in row.held} == {"unit", "category", "converted_on"}
    assert codes(row) == {"needs_event"}


def test_a_member_without_number_is_met_by_name_and_birth_date() -> None:
    row = one((registered(citizen_number=None),))
    assert (row.verdict, row.member) == (Verdict.UPDATED, "m1")
    assert [c.field for c in row.changes] == ["citizen_number"]


def test_a_number_known_under_another_name_is_a_question_for_people() -> None:
    row = one((registered(name="张山"),))
    assert row.verdict is Verdict.PROBLEM
    assert row.errors[0].suggestion == "张山"
    assert row.errors[0].is_acceptable


def test_a_namesake_born_the_same_day_is_asked_about() -> None:
    assert codes(one((registered(citizen_number=WOMAN),))) == {"namesake"}


def test_every_message_can_be_said() -> None:
    row = one((registered(unit="u1"),), 性别="女", 入党日期="85.1", 手机号码="1", 所在党支部="机关")
    assert all(problem.message for problem in row.problems)
    assert all(template for template in MESSAGES.values())
