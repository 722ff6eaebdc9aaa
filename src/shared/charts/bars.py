"""Horizontal bars: names of units are long, and a phone is narrow."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.charts.drawing import WIDTH, Chart, Text, colour, cut, element, extent, legend, picture, shown

ROW = 26
BAR = 14


def bar(
    items: Sequence[tuple[Text, float | None]],
    *,
    title: Text,
    unit: Text = "",
    target: float | None = None,
    top: float | None = None,
) -> Chart:
    """One bar per (label, value); `target` is a dashed line through all; `top` fixes the scale (100 for percent)."""
    left, right = _margins(
        [label for label, _value in items], [shown(value, unit) for _label, value in [*items, ("", top)]]
    )
    scale = (WIDTH - left - right) / (top or max([value or 0 for _label, value in items] + [target or 0]) or 1)
    shapes: list[SafeString] = []
    height = len(items) * ROW
    if target is not None:
        # First, so that bars and values lie over the line.
        shapes += _target(left + target * scale, height, _("目标 {value}").format(value=shown(target, unit)))
        height += 18
    for row, (label, value) in enumerate(items):
        middle = row * ROW + ROW / 2
        shapes.append(_label(label, left, middle))
        length = max((value or 0) * scale, 0)
        shapes.append(_bar(left, middle, length, "fill-1"))
        words = shown(value, unit)
        shapes.append(element("text", words, class_="chart-value", x=left + length + 5, y=middle + 4))
    words = "；".join(f"{label} {shown(value, unit)}" for label, value in items)
    svg = picture(shapes, width=WIDTH, height=max(height, ROW), kind="bar", title=title, words=words)
    return Chart(svg=svg, title=title, columns=[_("项目"), unit or _("数值")], rows=list(items))


def stacked(
    items: Sequence[tuple[Text, Sequence[float]]], *, series: Sequence[Text], title: Text, unit: Text = ""
) -> Chart:
    """One bar per (label, values), cut into the series; all bars share a scale."""
    totals = [sum(values) for _label, values in items]
    left, right = _margins([label for label, _values in items], [shown(total, unit) for total in totals])
    scale = (WIDTH - left - right) / (max(totals, default=0) or 1)
    shapes: list[SafeString] = []
    for row, ((label, values), total) in enumerate(zip(items, totals, strict=True)):
        middle = row * ROW + ROW / 2
        shapes.append(_label(label, left, middle))
        x = float(left)
        for index, value in enumerate(values):
            shapes.append(_bar(x, middle, value * scale, f"fill-{colour(index)}"))
            x += value * scale
        shapes.append(element("text", shown(total, unit), class_="chart-value", x=x + 5, y=middle + 4))
    words = "；".join(
        f"{label} " + "，".join(f"{name} {shown(value, unit)}" for name, value in zip(series, values, strict=True))
        for label, values in items
    )
    svg = picture(shapes, width=WIDTH, height=max(len(items), 1) * ROW, kind="bar", title=title, words=words)
    rows = [[label, *values] for label, values in items]
    return Chart(svg=svg, title=title, columns=[_("项目"), *series], rows=rows, legend=legend(series))


def _margins(labels: Sequence[Text], values: Sequence[str]) -> tuple[float, float]:
    """Room for the labels on the left (at most a third) and for the values on the right."""
    left = min(max((extent(label) for label in labels), default=0) + 8, WIDTH / 3)
    return left, max((extent(value) for value in values), default=0) + 8


def _label(label: Text, left: float, middle: float) -> SafeString:
    return element("text", cut(label, left - 8), x=left - 8, y=middle + 4, text_anchor="end")


def _bar(x: float, middle: float, length: float, css: str) -> SafeString:
    return element("rect", class_=css, x=x, y=middle - BAR / 2, width=length, height=BAR, rx=2)


def _target(at: float, height: float, words: str) -> list[SafeString]:
    anchor = "end" if at > WIDTH / 2 else "start"
    return [
        element("line", class_="chart-target", x1=at, x2=at, y1=0, y2=height),
        element("text", words, class_="chart-target-label", x=at, y=height + 13, text_anchor=anchor),
    ]
