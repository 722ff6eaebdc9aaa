"""Lines pasted from a spreadsheet, read into invitations: what can be sent, and why the rest cannot.

One organisation a line: name, type, region, credit code, e-mail; separated by tabs, commas or semicolons. Only the name
is needed, and the cells after it are told apart by what they look like, so their order does not matter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from shared.codes.regions import PROVINCES
from shared.identity.uscc import compact_uscc, is_uscc
from tenants.models.tenant import UnitType

MOST_LINES = 500
NAME_CHARS = 120
_CELLS = re.compile(r"[\t,;，；]")
_CODE = re.compile(r"[0-9A-Za-z]{18}")
# Words people write for a type besides its own name.
_KINDS = {
    "国企": UnitType.STATE_ENTERPRISE,
    "央企": UnitType.STATE_ENTERPRISE,
    "民企": UnitType.PRIVATE_ENTERPRISE,
    "大学": UnitType.UNIVERSITY,
    "学院": UnitType.UNIVERSITY,
    "街道": UnitType.COMMUNITY,
    "社团": UnitType.ASSOCIATION,
    "政府": UnitType.GOVERNMENT,
}


@dataclass(frozen=True)
class Line:
    """One organisation to invite. `number` counts from 1; `problems` is empty where it can be sent."""

    number: int
    text: str
    name: str = ""
    kind: str = ""
    region: str = ""  # GB/T 2260
    credit_code: str = ""
    email: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.problems


def read(text: str, *, names: Iterable[str], codes: Iterable[str]) -> list[Line]:
    """Every line that is not empty. `names` and `codes` are those already invited or open: they are not asked twice.

    At most 500 lines are read; the rest come back with that as their problem.
    """
    seen_names = {name.strip() for name in names}
    seen_codes = {code for code in codes if code}
    lines: list[Line] = []
    for number, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        line = _read(number, row)
        if len(lines) >= MOST_LINES:
            line = replace(line, problems=(_("一次最多 {most} 行").format(most=MOST_LINES),))
        elif line.is_good:
            line = replace(line, problems=_repeated(line, seen_names, seen_codes))
        if line.is_good:
            seen_names.add(line.name)
            seen_codes |= {line.credit_code} - {""}
        lines.append(line)
    return lines


def _repeated(line: Line, names: set[str], codes: set[str]) -> tuple[str, ...]:
    problems = []
    if line.name in names:
        problems.append(_("这个单位已经邀请过或已经开通"))
    if line.credit_code and line.credit_code in codes:
        problems.append(_("这个统一社会信用代码已经邀请过或已经开通"))
    return tuple(problems)


def _read(number: int, row: str) -> Line:
    name, *rest = (cell.strip().strip('"') for cell in _CELLS.split(row))
    found: dict[str, str] = {}
    problems = [] if name else [_("缺单位名称")]
    if len(name) > NAME_CHARS:
        problems.append(_("单位名称超过 {most} 个字").format(most=NAME_CHARS))
    for cell in filter(None, rest):
        field, value, problem = _tell(cell)
        if problem:
            problems.append(problem)
        elif field in found:
            problems.append(_("「{cell}」和前面的内容重复").format(cell=cell))
        else:
            found[field] = value
    return Line(number, row.strip(), name=name, problems=tuple(problems), **found)


def _tell(cell: str) -> tuple[str, str, str]:
    """Which field a cell is, its value, and what is wrong with it."""
    if "@" in cell:
        try:
            validate_email(cell)
        except ValidationError:
            return "", "", _("「{cell}」不是完整的邮箱").format(cell=cell)
        return "email", cell.lower(), ""
    if kind := _kind(cell):
        return "kind", kind, ""
    if region := PROVINCES.find(cell):
        return "region", region.code, ""
    if _CODE.fullmatch(cell):
        code = compact_uscc(cell)
        wrong = _("「{cell}」不是有效的统一社会信用代码").format(cell=cell)
        return ("credit_code", code, "") if is_uscc(code) else ("", "", wrong)
    return "", "", _("看不懂「{cell}」：应为单位类型、省份、统一社会信用代码或邮箱").format(cell=cell)


def _kind(cell: str) -> str:
    """A type by its name in either language, by another word for it, or by its value."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            for value, label in UnitType.choices:
                if cell.casefold() in {str(label).casefold(), value}:
                    return str(value)
    return _KINDS.get(cell, "")
