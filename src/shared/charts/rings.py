"""Parts of a whole."""

from collections.abc import Sequence
from math import pi

from django.utils.translation import gettext as _

from shared.charts.drawing import Chart, Text, colour, element, legend, number, picture, shown


def donut(items: Sequence[tuple[Text, float]], *, title: Text, unit: Text = "", center: str = "") -> Chart:
    """Shares of a total that stands in the middle unless `center` says otherwise."""
    size, radius, stroke = 200, 76, 26
    total = sum(value for _label, value in items)
    around = 2 * pi * radius
    shapes = [element("circle", class_="chart-track", cx=100, cy=100, r=radius, stroke_width=stroke)]
    begun = 0.0
    for index, (_label, value) in enumerate(items):
        length = around * value / total if total else 0
        # a hair of paper between neighbours, so that they part without colour too
        gap = 1.5 if len(items) > 1 and length > 3 else 0
        shapes.append(
            element(
                "circle",
                class_=f"arc-{colour(index)}",
                cx=100,
                cy=100,
                r=radius,
                stroke_width=stroke,
                stroke_dasharray=f"{number(max(length - gap, 0))} {number(around - max(length - gap, 0))}",
                stroke_dashoffset=-begun,
                transform="rotate(-90 100 100)",
            )
        )
        begun += length
    shapes.append(
        element("text", center or shown(total, unit), class_="chart-center", x=100, y=108, text_anchor="middle")
    )
    words = "；".join(f"{label} {shown(value, unit)}" for label, value in items)
    svg = picture(shapes, width=size, height=size, kind="donut", title=title, words=words)
    rows = [[label, value, f"{100 * value / total:.1f}%" if total else "—"] for label, value in items]
    columns = [_("项目"), unit or _("数值"), _("占比")]
    return Chart(svg=svg, title=title, columns=columns, rows=rows, legend=legend([label for label, _value in items]))


def ring(share: float | None, *, title: Text, good: bool = False) -> Chart:
    """Progress from 0 to 1 as a ring; above 1 stays full and says its number."""
    radius = 32
    around = 2 * pi * radius
    filled = around * min(max(share or 0, 0), 1)
    percent = "—" if share is None else f"{round(share * 100)}%"
    shapes = [
        element("circle", class_="chart-track", cx=40, cy=40, r=radius, stroke_width=9),
        element(
            "circle",
            class_="arc-3" if good else "arc-1",
            cx=40,
            cy=40,
            r=radius,
            stroke_width=9,
            stroke_dasharray=f"{number(filled)} {number(around - filled)}",
            transform="rotate(-90 40 40)",
        ),
        element("text", percent, class_="chart-value", x=40, y=44.5, text_anchor="middle"),
    ]
    svg = picture(shapes, width=80, height=80, kind="ring", title=title, words=percent)
    return Chart(svg=svg, title=title, columns=[_("项目"), _("占比")], rows=[[title, percent]])
