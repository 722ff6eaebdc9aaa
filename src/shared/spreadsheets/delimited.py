"""Text tables: which encoding, which separator, which rows."""

import csv
import io
from itertools import islice

from django.utils.translation import gettext_lazy as _

from shared.spreadsheets.cells import Cell
from shared.spreadsheets.limits import Limits
from shared.spreadsheets.refusals import NotASpreadsheet, TooLarge, Unreadable

_SEPARATORS = ",\t;|,"
_SAMPLE_LINES = 30


def read(data: bytes, limits: Limits) -> tuple[list[list[Cell]], str]:
    """Rows of equal length, and the encoding that was found. Raises NotASpreadsheet, TooLarge, Unreadable."""
    text, encoding = _decoded(data)
    separator = _separator(text)
    rows: list[list[Cell]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(cells) > limits.columns:
                raise TooLarge(what=_("列数"), found=len(cells), limit=limits.columns)
            if len(rows) >= limits.rows + 100:
                raise TooLarge(what=_("行数"), found=len(rows), limit=limits.rows)
            rows.append(list(cells))
    except csv.Error as broken:
        raise Unreadable from broken
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    """UTF-8 with or without mark, UTF-16 with mark, else GB 18030, which Excel in China writes."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding
    raise NotASpreadsheet(kind="?")


def _separator(text: str) -> str:
    """The separator that cuts most sample lines into the same number of cells, above one."""
    lines = [line for line in islice(io.StringIO(text), _SAMPLE_LINES) if line.strip()]
    best, score = ",", 0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        usual = max(set(counts), key=lambda c: (counts.count(c), c), default=0)
        agreement = usual * counts.count(usual)
        if agreement > score:
            best, score = separator, agreement
    return best
