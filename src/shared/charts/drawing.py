"""What every chart is made of. Units are SVG user units: a chart is 340 wide, a Chinese character about 12."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 340
NO_LEGEND = SafeString("")
SERIES = 6  # colours in the stylesheet

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture and its numbers: `columns` head `rows`, whose first cell names the row."""

    svg: SafeString
    title: Text
    columns: Sequence[Text]
    rows: Sequence[Sequence[Any]]
    legend: SafeString = NO_LEGEND

    def __html__(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg


def picture(
    shapes: Sequence[SafeString], *, width: float, height: float, kind: str, title: Text, words: str
) -> SafeString:
    """The svg element; a screen reader hears title and words instead of the shapes."""
    return format_html(
        '<svg class="chart chart-{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        + "<title>{}</title><desc>{}</desc>{}</svg>",
        kind,
        number(width),
        number(height),
        f"{title}。{words}" if words else title,
        title,
        words,
        SafeString("".join(shapes)),
    )


def element(name: str, content: object = None, **attributes: object) -> SafeString:
    """An element; `class_` and names with `_` become SVG's own, None is left out, floats are shortened."""
    written = format_html_join(
        "",
        ' {}="{}"',
        (
            (key.rstrip("_").replace("_", "-"), number(value) if isinstance(value, float) else value)
            for key, value in attributes.items()
            if value is not None
        ),
    )
    if content is None:
        return format_html("<{}{}/>", name, written)
    return format_html("<{}{}>{}</{}>", name, written, content, name)


def number(value: float) -> str:
    """At most two decimals, no trailing zeros: SVG coordinates need no more."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def shown(value: float | None, unit: Text = "") -> str:
    """A value as a reader sees it; a dash for what is not known."""
    if value is None:
        return "—"
    rounded = round(value, 1) if isinstance(value, float) else value
    return f"{localize(int(rounded) if rounded == int(rounded) else rounded)}{unit}"


def extent(text: object) -> float:
    """Width of a text at 12 units, a little generous: Chinese takes the whole, digits and letters about two thirds."""
    return sum(12 if c == "%" or unicodedata.east_asian_width(c) in "WF" else 7.7 for c in str(text))


def cut(text: object, room: float) -> str:
    """The text, shortened with an ellipsis when it is wider than `room`."""
    whole = str(text)
    if extent(whole) <= room:
        return whole
    while whole and extent(whole) + 12 > room:
        whole = whole[:-1]
    return f"{whole}…"


def nice_top(value: float) -> float:
    """The next round number at or above: 1, 2, 2.5, 5 or 10 times a power of ten."""
    if value <= 0:
        return 1
    power = 10 ** (len(str(int(value))) - 1) if value >= 1 else 1
    for step in (1, 2, 2.5, 5, 10):
        if value <= step * power:
            return step * power
    return 10 * power


def legend(names: Sequence[Text]) -> SafeString:
    """Colour and name of each series, for charts with more than one."""
    entries = format_html_join(
        "",
        '<li><svg viewBox="0 0 12 12" aria-hidden="true">'
        '<rect class="fill-{}" width="12" height="12" rx="2"/></svg>{}</li>',
        ((colour(i), name) for i, name in enumerate(names)),
    )
    return format_html('<ul class="chart-legend">{}</ul>', entries)


def colour(index: int) -> int:
    return index % SERIES + 1
