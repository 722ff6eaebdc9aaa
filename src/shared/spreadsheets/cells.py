"""Cells as they come out of a spreadsheet, and their text with the typing accidents taken out."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_BLANKS = re.compile(r"\s+")
_HEADER_NOISE = re.compile(r"[\s*::;;、,,。.\-—_/\\“”\"'‘’]+")
_BRACKETED = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
# What people type to say "nothing here".
_NOTHING = {"", "/", "\\", "-", "--", "—", "——", "无。", "n/a", "null", "none", "#n/a", "#value!", "#ref!", "#name?"}

_LONGEST_NOTHING = 8
_WIDE_LETTERS = {code + 0xFEE0: code for code in range(0x21, 0x7F) if chr(code).isalnum()}


def text_of(cell: Cell) -> str:
    """A cell as one line of text: half-width digits and letters, no invisible characters, single spaces."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return _unguarded(_BLANKS.sub(" ", _INVISIBLE.sub("", half_width(str(cell)))).strip())


def line_of(cell: Cell) -> str:
    """As text_of, for prose: Chinese brackets and commas stay as they were written."""
    if not isinstance(cell, str):
        return text_of(cell)
    return _unguarded(_BLANKS.sub(" ", _INVISIBLE.sub("", cell.translate(_WIDE_LETTERS))).strip())


def _unguarded(text: str) -> str:
    """Without the apostrophe that exports put before what a spreadsheet would take for a formula."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def half_width(text: str) -> str:
    """Full-width letters, digits and signs made half-width; Chinese characters and 。、“” stay."""
    return unicodedata.normalize("NFKC", text)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, a spreadsheet error."""
    if cell is None or cell == "":
        return True
    if not isinstance(cell, str):
        return False
    stripped = cell.strip()
    return len(stripped) <= _LONGEST_NOTHING and text_of(stripped).casefold() in _NOTHING


def header_key(text: str) -> str:
    """A column name for comparing: no width, spaces, line breaks, asterisks, punctuation or brackets' content."""
    plain = _INVISIBLE.sub("", half_width(text))
    bare = _HEADER_NOISE.sub("", _BRACKETED.sub("", plain)).casefold()
    # A name that is nothing but brackets, such as "(姓名)", keeps what is inside.
    return bare or _HEADER_NOISE.sub("", re.sub(r"[()\[\]【】〔〕{}]", "", plain)).casefold()
