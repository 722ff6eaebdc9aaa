"""One cell into one value: what each kind of column accepts, and what it says when it cannot."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from shared.identity.citizen import BadCitizenNumber, CitizenNumber, Fault, compact, read_citizen_number, upgraded
from shared.identity.phones import BadPhone, landline, mobile
from shared.spreadsheets.cells import Cell, is_blank, line_of, text_of
from shared.spreadsheets.dates import BadDate, read_date
from workspace.members.importing.columns import Field, Kind
from workspace.members.importing.problems import Problem, error, warning

Value = str | int | bool | date | None

_CJK = r"\u3400-\u9fff\U00020000-\U0003134f"
_CJK_GAP = re.compile(rf"(?<=[{_CJK}〇])\s+(?=[{_CJK}〇])")
_REMARK = re.compile(r"\((?:男|女|预备|预备党员|积极分子|回|满|[^()]{1,3}族)\)$")
_NAME = re.compile(rf"^[{_CJK}〇A-Za-z][{_CJK}〇A-Za-z·. '\-]*$")
_DOTS = re.compile(r"[•・‧∙⋅.。]")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?e\+?\d{1,2}$", re.IGNORECASE)
_YES = {"是", "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "1", "t"}
_NO = {"否", "无", "×", "✗", "✘", "x", "不是", "没有", "n", "no", "false", "0", "f", "☐"}
_MONTHS = re.compile(r"^(-?\d{1,3})\s*(?:个月|个|月)?$")
_YEARS = re.compile(r"^(\d{1,3})(?:\.\d+)?\s*年?(?:\s*(\d{1,2})\s*个?月)?$")
_PERIODS = {"半年": 6, "六个月": 6, "一年": 12, "1年": 12, "十二个月": 12, "无": 0, "未延长": 0, "否": 0}
_LOSSLESS_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A value and what there is to say about it. `citizen` comes with a good citizen number."""

    value: Value = None
    problem: Problem | None = None
    citizen: CitizenNumber | None = None


NOTHING = Cleaned()


def clean(field: Field, cell: Cell) -> Cleaned:
    """The value of a cell for a field; a blank cell is NOTHING. Units are matched elsewhere."""
    if is_blank(cell):
        return NOTHING
    cleaned = _CLEANERS[field.kind](field, cell)
    if isinstance(cleaned.value, str) and len(cleaned.value) > field.max_length:
        return Cleaned(None, error(field.name, "too_long", limit=field.max_length, length=len(cleaned.value)))
    return cleaned


def _name(field: Field, cell: Cell) -> Cleaned:
    """张 三 → 张三; 买买提•江 → 买买提·江; 李四(女) → 李四."""
    text = _REMARK.sub("", _CJK_GAP.sub("", text_of(cell)))
    if re.search(rf"[{_CJK}]", text):
        text = _DOTS.sub("·", text).replace(" ", "")
    if not _NAME.match(text):
        return Cleaned(None, error(field.name, "bad_name", text=text))
    return Cleaned(text)


def _text(field: Field, cell: Cell) -> Cleaned:
    return Cleaned(line_of(cell))


def _citizen_number(field: Field, cell: Cell) -> Cleaned:
    text = text_of(cell)
    rounded = isinstance(cell, int | float) and abs(cell) >= 10**_LOSSLESS_DIGITS
    if rounded or _SCIENTIFIC.match(text):
        return Cleaned(None, error(field.name, "lost_precision", text=f"{cell:.5E}" if rounded else text))
    try:
        citizen = read_citizen_number(text)
    except BadCitizenNumber as bad:
        return Cleaned(None, _citizen_problem(field, text, bad))
    if not citizen.region_is_known:
        return Cleaned(citizen.value, warning(field.name, "unknown_region", region=citizen.region), citizen)
    return Cleaned(citizen.value, None, citizen)


def _citizen_problem(field: Field, text: str, bad: BadCitizenNumber) -> Problem:
    match bad.fault:
        case Fault.CHECK_DIGIT:
            return error(field.name, "bad_check_digit", expected=bad.expected)
        case Fault.LEGACY:
            return error(field.name, "citizen_legacy", suggestion=_upgrade(text))
        case Fault.LENGTH:
            return error(field.name, "citizen_length", length=len(compact(text)))
        case Fault.DATE:
            return error(field.name, "citizen_date")
        case _:
            return error(field.name, "citizen_characters")


def _upgrade(text: str) -> str:
    try:
        return upgraded(text)
    except BadCitizenNumber:
        return ""


def _phone(field: Field, cell: Cell) -> Cleaned:
    text = text_of(cell)
    # Two numbers in one cell: the first mobile among them.
    for part in [text, *re.split(r"[/、,;,;|]", text)]:
        try:
            return Cleaned(mobile(part))
        except BadPhone:
            continue
    try:
        return Cleaned(landline(text), warning(field.name, "landline", text=text))
    except BadPhone:
        return Cleaned(None, warning(field.name, "bad_phone", text=text))


def _date(field: Field, cell: Cell) -> Cleaned:
    try:
        read = read_date(cell)
    except BadDate as bad:
        return Cleaned(None, error(field.name, bad.code, text=text_of(cell)))
    if read.day.year < 1900:
        return Cleaned(None, error(field.name, "date_out_of_range", date=read.day))
    if not read.whole:
        return Cleaned(read.day, warning(field.name, "day_missing", text=text_of(cell), date=read.day))
    return Cleaned(read.day)


def _code(field: Field, cell: Cell) -> Cleaned:
    text = text_of(cell)
    entry = field.codes.find(text) if field.codes else None
    if entry:
        return Cleaned(entry.code)
    if field.name == "category":
        return Cleaned(None, error(field.name, "unknown_category", text=text))
    return Cleaned(None, warning(field.name, "unknown_code", text=text))


def _boolean(field: Field, cell: Cell) -> Cleaned:
    text = text_of(cell).casefold()
    if text in _YES:
        return Cleaned(True)
    if text in _NO:
        return Cleaned(False)
    return Cleaned(None, warning(field.name, "bad_boolean", text=text))


def _months(field: Field, cell: Cell) -> Cleaned:
    text = text_of(cell)
    if text in _PERIODS:
        return Cleaned(_PERIODS[text] or None)
    if found := _MONTHS.match(text):
        return Cleaned(int(found[1]))
    return Cleaned(None, warning(field.name, "bad_months", text=text))


def _years(field: Field, cell: Cell) -> Cleaned:
    found = _YEARS.match(text_of(cell))
    return Cleaned(int(found[1])) if found else NOTHING


_CLEANERS: dict[Kind, Callable[[Field, Cell], Cleaned]] = {
    Kind.NAME: _name,
    Kind.TEXT: _text,
    Kind.CITIZEN_NUMBER: _citizen_number,
    Kind.PHONE: _phone,
    Kind.DATE: _date,
    Kind.CODE: _code,
    Kind.BOOLEAN: _boolean,
    Kind.MONTHS: _months,
    Kind.YEARS: _years,
    Kind.UNIT: _text,
}
