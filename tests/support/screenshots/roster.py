"""A small roster as a branch keeps it, with the mistakes that are usual."""

import io
import random
from datetime import date

import xlsxwriter

from shared.synthetic.people import person

HEADINGS = ("姓名", "性别", "身份证号", "民族", "学历", "手机号", "人员类别", "入党日期", "转正日期", "所在支部")
ETHNIC_GROUPS = {"01": "汉族", "03": "回族", "11": "满族", "15": "土家族"}
EDUCATION = {"21": "本科", "31": "大专", "14": "硕士", "61": "高中", "41": "中专", "11": "博士"}
PEOPLE = 16


def roster(*, on: date) -> bytes:
    """An xlsx of sixteen people: five rows with a mistake each, the others clean."""
    rng = random.Random(23)  # noqa: S311 - repeatable on purpose, and no secret
    rows = [_row(rng, on, serial) for serial in range(PEOPLE)]
    rows[2][2] = _wrong_last_digit(rows[2][2])
    rows[5][7] = "2019.1"
    rows[8][9] = "总装党小组"
    rows[11][2] = rows[10][2]
    rows[13][5] = "1380013"
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("党员名册")
        sheet.write_row(0, 0, ["总装车间党支部党员花名册"])
        for number, row in enumerate([list(HEADINGS), *rows], start=1):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def _row(rng: random.Random, on: date, serial: int) -> list[str]:
    who = person(rng, on=on, serial=400 + serial)
    converted = who.converted_on.isoformat() if who.converted_on else ""
    return [
        who.name, "男" if who.sex == "1" else "女", who.citizen_number, ETHNIC_GROUPS[who.ethnic_group],
        EDUCATION[who.education], who.phone, "正式党员" if converted else "预备党员",
        who.joined_on.isoformat(), converted, "总装车间党支部",
    ]  # fmt: skip


def _wrong_last_digit(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")
