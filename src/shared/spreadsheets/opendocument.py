"""How far an ODS sheet reaches, its repeat counts included, found without laying it out."""

import zipfile
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from shared.spreadsheets.limits import Limits
from shared.spreadsheets.refusals import TooLarge, Unreadable

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}


def check_extent(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a sheet whose filled cells, repeats counted, reach too far. Empty repeats do not count.

    Raises TooLarge, Unreadable.
    """
    rows = 0
    try:
        with archive.open("content.xml") as content:
            for event, element in ElementTree.iterparse(content, events=("start", "end")):  # noqa: S314 - bounded before
                if event == "start" and element.tag == f"{_TABLE}table":
                    rows = 0
                elif event == "end" and element.tag == f"{_TABLE}table-row":
                    rows = _after(element, rows, limits)
                    element.clear()
    except (ElementTree.ParseError, ValueError) as broken:
        raise Unreadable from broken


def _after(row: ElementTree.Element, rows: int, limits: Limits) -> int:
    """The count of rows after this one; only a row with something in it is judged."""
    repeat = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    column = reach = 0
    for cell in row:
        if cell.tag in _CELLS:
            column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            if cell.get(f"{_OFFICE}value-type") or len(cell):
                reach = column
    if reach > limits.columns:
        raise TooLarge(what=_("列数"), found=reach, limit=limits.columns)
    if reach and rows + repeat > limits.sheet_rows:
        raise TooLarge(what=_("行数"), found=rows + repeat, limit=limits.sheet_rows)
    return rows + repeat
