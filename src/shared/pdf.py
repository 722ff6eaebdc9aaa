"""A4 pages as a PDF, in a font that has the characters: only those that occur go into the file."""

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, WrapMode
from fpdf.fonts import FontFace

FONTS = Path(__file__).parent / "fonts"  # put there when the front end is built
_FAMILY = "NotoSansSC"
_MARGIN = 18.0  # mm
_GREY = (90, 86, 80)
_RED = (140, 15, 25)
_LINE = 6.0  # mm, height of a line of text


class Paper(FPDF):
    """`foot` stands at the bottom of every page beside its number, as `page_words` says with {page} and {pages}."""

    def __init__(self, *, title: str, foot: str, page_words: str) -> None:
        super().__init__(format="A4")
        # One weight: reading a font of so many characters takes a second, and size and colour tell headings apart.
        self.add_font(_FAMILY, fname=FONTS / f"{_FAMILY}_400Regular.ttf")
        self.foot, self.page_words = foot, page_words
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN + 4)
        self.set_title(title)
        self.set_creator("Tongxin")
        self.set_font(_FAMILY, size=10)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-_MARGIN + 3)
        self.set_font(_FAMILY, size=8)
        self.set_text_color(*_GREY)
        said = self.page_words.format(page=self.page_no(), pages="{nb}")
        self.cell(0, 5, f"{self.foot} · {said}", align="C")
        self.set_text_color(0)
        self.set_font(_FAMILY, size=10)

    def heading(self, text: str, *, under: str = "") -> None:
        """The title of the paper."""
        self.set_font(_FAMILY, size=18)
        self.set_text_color(*_RED)
        self._line(text, 10)
        self.set_font(_FAMILY, size=10)
        self.set_text_color(*_GREY)
        self._line(under, _LINE)
        self.set_text_color(0)

    def part(self, text: str) -> None:
        """A heading within, kept with what follows."""
        if self.will_page_break(26):
            self.add_page()
        self.ln(4)
        self.set_font(_FAMILY, size=13)
        self.set_text_color(*_RED)
        self._line(text, 8)
        self.set_font(_FAMILY, size=10)
        self.set_text_color(0)

    def note(self, text: str) -> None:
        self.set_text_color(*_GREY)
        self._line(text, _LINE)
        self.set_text_color(0)

    def grid(self, rows: Sequence[Sequence[str]], *, widths: Sequence[int], heading: Sequence[str] = ()) -> None:
        """Rows of texts; `widths` are shares. A heading is repeated on each page."""
        shade = FontFace(emphasis="", color=_GREY, fill_color=(243, 240, 234))
        with self.table(
            col_widths=tuple(widths),
            line_height=_LINE,
            wrapmode=WrapMode.CHAR,
            first_row_as_headings=bool(heading),
            headings_style=shade,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            text_align="LEFT",
            padding=1,
        ) as table:
            for row in [heading, *rows] if heading else rows:
                line = table.row()
                for text in row:
                    line.cell(text)

    def finished(self) -> bytes:
        return bytes(self.output())

    def _line(self, text: str, height: float) -> None:
        self.multi_cell(0, height, text, new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR)
