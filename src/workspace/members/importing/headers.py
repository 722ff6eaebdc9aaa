"""Where the header of a sheet stands: below title lines, one to three rows deep, cells merged or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.spreadsheets.cells import Cell, header_key, text_of
from shared.spreadsheets.sheets import Sheet
from workspace.members.importing.matching import Labels

_SEARCHED_ROWS = 40
_DEEPEST = 3
_LONGEST_LABEL = 40
_FEWEST_FIELDS = 2


@dataclass(frozen=True, slots=True)
class Header:
    """Rows first..last (from 0) hold the column names; `fields` counts the distinct ones recognised."""

    first: int
    last: int
    labels: tuple[str, ...]
    fields: int
    has_name: bool


def find_header(sheet: Sheet) -> Header | None:
    """The most convincing header among the first rows, or None. Ties go to the shallower, then the higher."""
    known = Labels()
    best: Header | None = None
    for first in range(min(len(sheet.rows), _SEARCHED_ROWS)):
        for depth in range(1, _DEEPEST + 1):
            found = _header_at(sheet, first, depth, known)
            if found and (best is None or _rank(found) > _rank(best)):
                best = found
    if best is None:
        return None
    return _stretched(sheet, best, known)


def _rank(header: Header) -> tuple[bool, int, int, int]:
    return header.has_name, header.fields, header.first - header.last, -header.first


def _stretched(sheet: Sheet, header: Header, known: Labels) -> Header:
    """A header whose cells are merged downwards is as deep as they are, even if that names nothing new."""
    bottoms = [bottom for top, _l, bottom, _r in sheet.merged if header.first <= top <= header.last < bottom]
    last = min(max(bottoms, default=header.last), header.first + _DEEPEST - 1)
    if last == header.last:
        return header
    return _header_at(sheet, header.first, last - header.first + 1, known) or header


def _header_at(sheet: Sheet, first: int, depth: int, known: Labels) -> Header | None:
    rows = sheet.rows[first : first + depth]
    if len(rows) < depth:
        return None
    texts = [_filled(sheet, first + at, row, deeper=at < depth - 1) for at, row in enumerate(rows)]
    labels = tuple(_label(column, known) for column in zip(*texts, strict=True))
    fields = {name for label in labels if (name := known.field_for(label)[0])}
    if len(fields) < _FEWEST_FIELDS:
        return None
    return Header(first, first + depth - 1, labels, len(fields), "name" in fields)


def _filled(sheet: Sheet, at: int, row: Sequence[Cell], *, deeper: bool) -> list[str]:
    """The texts of a header row; a cell merged to the right names every column it covers."""
    texts = [text if len(text := text_of(cell)) <= _LONGEST_LABEL else "" for cell in row]
    for top, left, bottom, right in sheet.merged:
        if deeper and top <= at <= bottom and right > left:
            texts[left : right + 1] = [texts[left]] * (right + 1 - left)
    return texts


def _label(column: tuple[str, ...], known: Labels) -> str:
    """One name for a column of header cells: the lowest that is known, else several read together."""
    parts = [part for part in column if part]
    if not parts:
        return ""
    for part in reversed(parts):
        if known.field_for(part)[1] >= 0.9:
            return part
    joined = "".join(parts)
    if len(parts) > 1 and known.field_for(joined)[0]:
        return joined
    return parts[-1] if known.field_for(parts[-1])[0] or len(parts) == 1 else "/".join(parts)


def repeats(labels: Sequence[str], row: Sequence[Cell]) -> bool:
    """Whether a row is the header again, as sheets made for printing have on every page."""
    named = [(header_key(label), header_key(text_of(cell))) for label, cell in zip(labels, row, strict=False) if label]
    same = sum(1 for label, text in named if label == text)
    return same >= 2 and same * 2 >= len(named)
