"""Several qualities of one thing at once, each from 0 to 1."""

from collections.abc import Sequence
from math import cos, pi, sin

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.charts.drawing import Chart, Text, element, legend, number, picture, shown

CENTER = (170, 130)
RADIUS = 92


def radar(
    axes: Sequence[tuple[Text, float | None]],
    *,
    title: Text,
    name: Text = "",
    compared: Sequence[float | None] = (),
    compared_name: Text = "",
) -> Chart:
    """At least three axes; an unknown value shows a dash and leaves the outline. `compared` is a second one."""
    if len(axes) < 3:
        raise ValueError("a radar needs three axes or more")
    shapes = [_outline([level] * len(axes), "chart-grid") for level in (0.25, 0.5, 0.75, 1)]
    for index, (label, value) in enumerate(axes):
        shapes += _axis(index, len(axes), label, value)
    if compared:
        shapes.append(_outline(compared, "line-2"))
    values = [value for _label, value in axes]
    shapes += [_outline(values, "area-1"), _outline(values, "line-1")]
    words = "；".join(f"{label} {_percent(value)}" for label, value in axes)
    svg = picture(shapes, width=340, height=262, kind="radar", title=title, words=words)
    others: list[list[str]] = [[_percent(value)] for value in compared] or [[] for _axis_ in axes]
    rows = [[label, _percent(value), *other] for (label, value), other in zip(axes, others, strict=True)]
    mine = name or _("本单位")
    theirs = [compared_name or _("对照")] if compared else []
    key = legend([mine, *theirs]) if compared else SafeString("")
    return Chart(svg=svg, title=title, columns=[_("维度"), mine, *theirs], rows=rows, legend=key)


def _point(index: int, count: int, share: float) -> tuple[float, float]:
    angle = 2 * pi * index / count - pi / 2
    reach = RADIUS * min(max(share, 0), 1)
    return CENTER[0] + reach * cos(angle), CENTER[1] + reach * sin(angle)


def _outline(values: Sequence[float | None], css: str) -> SafeString:
    corners = [_point(i, len(values), value) for i, value in enumerate(values) if value is not None]
    points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    return element("polygon", class_=css, points=points)


def _axis(index: int, count: int, label: Text, value: float | None) -> list[SafeString]:
    x, y = _point(index, count, 1)
    side = x - CENTER[0]
    anchor = "middle" if abs(side) < 8 else "start" if side > 0 else "end"
    out = 1.08
    label_x = CENTER[0] + side * out
    label_y = CENTER[1] + (y - CENTER[1]) * out + (-8 if y < CENTER[1] - 60 else 10 if y > CENTER[1] + 60 else 0)
    return [
        element("line", class_="chart-grid", x1=float(CENTER[0]), y1=float(CENTER[1]), x2=x, y2=y),
        element("text", label, x=label_x, y=label_y, text_anchor=anchor),
        element("text", _percent(value), class_="chart-value", x=label_x, y=label_y + 14, text_anchor=anchor),
    ]


def _percent(value: float | None) -> str:
    return shown(None if value is None else round(value * 100), "%")
