"""Messy rosters as real units send them, with a key saying what a good import makes of every row."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from shared.codes import EDUCATION, ETHNIC_GROUPS, SEXES
from shared.synthetic import Person, people

ON = date(2026, 11, 20)
UNITS = ("中共同心集团有限公司机关第一支部委员会", "同心集团第二党支部", "同心集团退休职工党支部")

LABELS = (
    "序号",
    "姓　名",
    "性别",
    "公民身份号码*",
    "民族",
    "出生年月",
    "学历",
    "学位",
    "党员\n类别",
    "所在支部",
    "联系电话",
    "入党时间",
    "转正时间",
    "工作单位及职务",
    "职称",
    "是否流动党员",
    "备注",
)


@dataclass
class Case:
    """What one row should come to: its problem codes (errors only), and its identity."""

    number: int
    person: Person
    errors: set[str] = field(default_factory=set)


@dataclass
class Roster:
    """A file and its answers, by spreadsheet row."""

    data: bytes
    cases: dict[int, Case]
    skipped: int

    @property
    def clean(self) -> list[Case]:
        return [case for case in self.cases.values() if not case.errors]


DATE_FORMS: tuple[Callable[[date], str | date], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: d,
)

Cells = dict[str, Any]
Mess = Callable[[Cells, Person], str | None]


def _bad_check_digit(cells: Cells, who: Person) -> str:
    last = who.citizen_number[-1]
    cells["公民身份号码*"] = who.citizen_number[:-1] + ("0" if last != "0" else "1")
    return "bad_check_digit"


def _lost_precision(cells: Cells, who: Person) -> str:
    cells["公民身份号码*"] = float(who.citizen_number[:-1] + "0")
    return "lost_precision"


def _two_digit_year(cells: Cells, who: Person) -> str:
    cells["入党时间"] = f"{who.joined_on:%y}.{who.joined_on.month}.{who.joined_on.day}"
    return "two_digit_year"


def _wrong_sex(cells: Cells, who: Person) -> str:
    cells["性别"] = "女" if who.sex == "1" else "男"
    return "sex_conflict"


def _wrong_birth(cells: Cells, who: Person) -> str:
    cells["出生年月"] = (
        f"{who.birth_date.year - 1}-01-01" if who.birth_date.month > 1 else f"{who.birth_date.year - 1}-06-01"
    )
    return "birth_conflict"


def _strange_unit(cells: Cells, _who: Person) -> str:
    cells["所在支部"] = "同心集团第二党支布"
    return "unknown_unit"


def _no_name(cells: Cells, _who: Person) -> str:
    cells["姓　名"] = ""
    return "required"


def _conversion_first(cells: Cells, who: Person) -> str | None:
    cells["转正时间"] = f"{who.joined_on.year - 1}-06-15"
    return "converted_before_joined" if who.converted_on else "probationary_converted"


def _full_width(cells: Cells, who: Person) -> None:
    cells["公民身份号码*"] = "".join(chr(ord(c) + 0xFEE0) for c in who.citizen_number)
    cells["联系电话"] = f"+86 {who.phone[:3]}-{who.phone[3:7]}-{who.phone[7:]}"


def _spaced(cells: Cells, who: Person) -> None:
    cells["姓　名"] = "　".join(who.name) if len(who.name) == 2 else f" {who.name} "


MESSES: tuple[Mess, ...] = (
    _bad_check_digit,
    _lost_precision,
    _two_digit_year,
    _wrong_sex,
    _wrong_birth,
    _strange_unit,
    _no_name,
    _conversion_first,
    _full_width,
    _spaced,
)


def roster(count: int = 60, *, seed: int = 1, messy: bool = True) -> Roster:
    """A workbook with a title, a filling-in line, the header, rows, a total and a note.

    When messy every third row carries one mess in turn, and the last row repeats the first one's number.
    """
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    rows: list[Cells] = []
    cases: dict[int, Case] = {}
    for at, who in enumerate(people(count, on=ON, seed=seed)):
        cells = _cells(at, who, rng)
        case = Case(at + 4, who)
        if messy and at % 3 == 1:
            code = MESSES[at // 3 % len(MESSES)](cells, who)
            case.errors = {code} if code else set()
        rows.append(cells)
        cases[case.number] = case
    if messy and count > 4:
        first, last = cases[4], cases[count + 3]
        rows[-1]["公民身份号码*"] = first.person.citizen_number
        rows[-1]["性别"], rows[-1]["出生年月"] = rows[0]["性别"], rows[0]["出生年月"]
        rows[-1]["入党时间"], rows[-1]["转正时间"] = rows[0]["入党时间"], rows[0]["转正时间"]
        rows[-1]["党员\n类别"] = rows[0]["党员\n类别"]
        first.errors, last.errors = {"duplicate_number"}, {"duplicate_number"}
    return Roster(_workbook(rows), cases, skipped=2)


def _cells(at: int, who: Person, rng: random.Random) -> Cells:
    def day(value: date | None) -> str | date:
        return rng.choice(DATE_FORMS)(value) if value else ""

    group, school = ETHNIC_GROUPS.get(who.ethnic_group), EDUCATION.get(who.education)
    sex = SEXES.get(who.sex)
    assert group and school and sex
    return {
        "序号": at + 1,
        "姓　名": who.name,
        "性别": sex.zh,
        "公民身份号码*": who.citizen_number,
        "民族": rng.choice((group.zh, group.zh.removesuffix("族") or group.zh)),
        "出生年月": day(who.birth_date),
        "学历": rng.choice((school.zh, *school.aliases)[:3]),
        "学位": {"2": "博士", "3": "硕士", "4": "学士"}.get(who.degree, "无"),
        "党员\n类别": "正式党员" if who.converted_on else "预备党员",
        "所在支部": rng.choice((*UNITS, "机关第一党支部", "第2支部")),
        "联系电话": who.phone,
        "入党时间": day(who.joined_on),
        "转正时间": day(who.converted_on),
        "工作单位及职务": who.job,
        "职称": who.technical_title,
        "是否流动党员": rng.choice(("否", "", "×")),
        "备注": "",
    }


def _workbook(rows: list[Cells]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.add_worksheet("填表说明").write_row(0, 0, ["请如实填写", "姓名必填"])
    sheet = book.add_worksheet("党员花名册")
    sheet.merge_range(0, 0, 0, len(LABELS) - 1, "同心集团有限公司党员信息采集表")
    sheet.write(1, 0, "填报单位:同心集团机关党委")
    sheet.write(1, 9, "填报日期:2026年11月")
    sheet.write_row(2, 0, LABELS)
    for at, cells in enumerate(rows):
        for column, label in enumerate(LABELS):
            value = cells[label]
            if isinstance(value, date):
                sheet.write_datetime(3 + at, column, value)
            elif isinstance(value, int | float):
                sheet.write_number(3 + at, column, value)
            elif value != "":
                sheet.write_string(3 + at, column, value)
    sheet.write_row(3 + len(rows), 0, ["合计", f"{len(rows)}人"])
    sheet.write(4 + len(rows), 0, "注:本表信息须与党员档案一致。")
    book.close()
    return out.getvalue()
