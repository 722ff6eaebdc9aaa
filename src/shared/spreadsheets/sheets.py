"""Workbooks and their sheets, read from bytes: xlsx, xls, ods through python-calamine, csv by hand."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext_lazy as _

from shared.spreadsheets import delimited, opendocument, packages
from shared.spreadsheets.cells import Cell, is_blank
from shared.spreadsheets.limits import DEFAULT, Limits, check_archive, check_size
from shared.spreadsheets.refusals import Empty, Encrypted, NoSuchSheet, NotASpreadsheet, TooLarge, Unreadable

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"{\\rtf": "RTF",
}


@dataclass(frozen=True)
class Sheet:
    """A sheet as rows of cells, rows[0] being spreadsheet row 1 and every row of the same length.

    `merged` holds (first row, first column, last row, last column), all from 0.
    """

    name: str
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        return all(is_blank(cell) for row in self.rows for cell in row)


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file that hold anything, in the file's order."""

    sheets: tuple[Sheet, ...]
    kind: str
    encoding: str = ""

    def sheet(self, name: str) -> Sheet:
        """The sheet of this name. Raises NoSuchSheet."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise NoSuchSheet(sheet=name)


def read(data: bytes, *, limits: Limits = DEFAULT) -> Workbook:
    """Read a file by what it is, whatever its name says.

    Raises Unreadable, NotASpreadsheet, Encrypted, TooLarge, Empty.
    """
    check_size(data, limits)
    if not data.strip(b"\x00\r\n\t "):
        raise Empty
    if data.startswith(_ZIP):
        book = _zipped(data, limits)
    elif data.startswith(_OLE):
        book = _ole(data, limits)
    else:
        book = _plain(data, limits)
    if not book.sheets:
        raise Empty
    return book


def _zipped(data: bytes, limits: Limits) -> Workbook:
    hidden_columns: dict[str, frozenset[int]] = {}
    try:
        with check_archive(data, limits) as archive:
            kind = packages.kind_of(archive)
            if kind == "ods":
                opendocument.check_extent(archive, limits)
            else:
                hidden_columns = packages.hidden_columns(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as broken:
        raise Unreadable from broken
    return Workbook(_sheets(data, limits, hidden_columns), kind)


def _ole(data: bytes, limits: Limits) -> Workbook:
    # An xlsx with a password is an OLE file with this stream in it.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Encrypted
    if "WordDocument".encode("utf-16-le") in data:
        raise NotASpreadsheet(kind="Word")
    return Workbook(_sheets(data, limits, {}), "xls")


def _plain(data: bytes, limits: Limits) -> Workbook:
    for magic, kind in _OTHERS.items():
        if data.startswith(magic):
            raise NotASpreadsheet(kind=kind)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        # Many systems "export to Excel" by naming a web page .xls.
        raise NotASpreadsheet(kind="HTML/XML")
    rows, encoding = delimited.read(data, limits)
    sheet = Sheet("CSV", rows)
    return Workbook(() if sheet.is_empty else (sheet,), "csv", encoding)


def _sheets(data: bytes, limits: Limits, hidden_columns: dict[str, frozenset[int]]) -> tuple[Sheet, ...]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        about = [m for m in book.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet][: limits.sheets + 1]
        found = [_sheet(book, m, limits, hidden_columns.get(m.name, frozenset())) for m in about]
    except calamine.PasswordError as locked:
        raise Encrypted from locked
    except calamine.CalamineError as broken:
        raise Unreadable from broken
    except BaseException as panic:
        # A parser bug in Rust surfaces as an exception that is not even an Exception.
        if type(panic).__name__ == "PanicException":
            raise Unreadable from panic
        raise
    if len(about) > limits.sheets:
        raise TooLarge(what=_("工作表数"), found=len(about), limit=limits.sheets)
    return tuple(sheet for sheet in found if sheet and not sheet.is_empty)


def _sheet(book: Any, about: Any, limits: Limits, hidden_columns: frozenset[int]) -> Sheet | None:
    source = book.get_sheet_by_name(about.name)
    if source.total_width > limits.columns:
        raise TooLarge(what=_("列数"), found=source.total_width, limit=limits.columns)
    if source.total_height > limits.sheet_rows:
        raise TooLarge(what=_("行数"), found=source.total_height, limit=limits.sheet_rows)
    rows = source.to_python(skip_empty_area=False)
    while rows and all(cell == "" for cell in rows[-1]):
        rows.pop()
    if len(rows) > limits.rows + 100:  # a hundred for titles and notes around the table
        raise TooLarge(what=_("行数"), found=len(rows), limit=limits.rows)
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in source.merged_cell_ranges or ())
    hidden = about.visible != calamine.SheetVisibleEnum.Visible
    return Sheet(about.name, rows, merged, hidden, hidden_columns)
