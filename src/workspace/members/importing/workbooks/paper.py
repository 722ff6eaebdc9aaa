"""What all our spreadsheets share: in memory, text as text, no formula ever."""

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter

from shared.codes import CodeSet
from workspace.members.importing.columns import Field, Kind, Need

# A cell that starts like this is a formula to some program that opens the file later (CSV included).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_RED = "#B3121D"
_AMBER = "#FFF4E0"
_GREY = "#F1F1F1"


class Paper:
    """A workbook being written, with the formats of the house."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        # Strings stay strings: nothing typed by a user turns into a formula, a link or a number.
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(self._out, options)
        self.text = self._format(num_format="@")
        heading: dict[str, Any] = {"bold": True, "border": 1, "num_format": "@", "text_wrap": True, "valign": "vcenter"}
        self.header = self._format(bg_color=_GREY, **heading)
        self.required = self._format(bg_color=_RED, font_color="#FFFFFF", **heading)
        self.wrong = self._format(bg_color=_AMBER, font_color="#8A4B00", num_format="@", border=1)
        self.reason = self._format(font_color="#8A4B00", text_wrap=True, valign="top", num_format="@")
        self.title = self._format(bold=True, font_size=14)
        self.wrapped = self._format(text_wrap=True, valign="top")

    def _format(self, **about: Any) -> Any:
        return self.book.add_format(about)

    def header_for(self, about: Field) -> Any:
        """Red for required columns, grey for the others."""
        return self.required if about.need is Need.REQUIRED else self.header

    def finished(self) -> bytes:
        """The file."""
        self.book.close()
        return self._out.getvalue()


def harmless(text: str) -> str:
    """Text that no program takes for a formula; an apostrophe goes before what would be.

    Cells are written as strings already, which Excel never evaluates; the apostrophe protects the file
    after somebody saves it as CSV. Reading takes it off again.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def writer(sheet: Any, paper: Paper) -> Callable[..., None]:
    """write(row, column, text, format=text): every cell a string; empty ones only where a format shows."""

    def write(row: int, column: int, text: str, look: Any = None) -> None:
        if text:
            sheet.write_string(row, column, harmless(text), look or paper.text)
        elif look is not None:
            sheet.write_blank(row, column, None, look)

    return write


def options_of(about: Field) -> list[str]:
    """The words of a drop-down for this column; empty where anything may be typed."""
    if about.kind is Kind.BOOLEAN:
        return ["是", "否"]
    return [entry.zh for entry in about.codes] if isinstance(about.codes, CodeSet) else []
