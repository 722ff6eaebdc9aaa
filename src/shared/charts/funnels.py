"""How many remain at each stage."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.charts.drawing import WIDTH, Chart, Text, cut, element, extent, picture, shown

ROW = 34
BAR = 22


def funnel(stages: Sequence[tuple[Text, int]], *, title: Text, unit: Text = "") -> Chart:
    """Bars from first to last, with the share that came from the stage before."""
    left = min(max((extent(label) for label, _n in stages), default=0) + 8, WIDTH / 3)
    right = 44
    room = WIDTH - left - right
    largest = max((count for _label, count in stages), default=0) or 1
    shapes: list[SafeString] = []
    rows: list[list[object]] = []
    for row, (label, count) in enumerate(stages):
        middle = row * ROW + ROW / 2
        width = room * count / largest
        before = stages[row - 1][1] if row else None
        kept = None if before is None else f"{round(100 * count / before)}%" if before else "—"
        shapes.append(element("text", cut(label, left - 8), x=left - 8, y=middle + 4, text_anchor="end"))
        shapes.append(element("rect", class_="area-1", x=float(left), y=middle - BAR / 2, width=room, height=BAR, rx=3))
        shapes.append(
            element("rect", class_="fill-1", x=float(left), y=middle - BAR / 2, width=width, height=BAR, rx=3)
        )
        shapes.append(_count(shown(count, unit), left, width, middle))
        if kept:
            shapes.append(element("text", kept, x=WIDTH, y=middle + 4, text_anchor="end"))
        rows.append([label, count, kept])
    words = "；".join(f"{label} {shown(count, unit)}" for label, count in stages)
    svg = picture(shapes, width=WIDTH, height=max(len(stages), 1) * ROW, kind="funnel", title=title, words=words)
    return Chart(svg=svg, title=title, columns=[_("阶段"), unit or _("数量"), _("留存")], rows=rows)


def _count(text: str, left: float, width: float, middle: float) -> SafeString:
    """Inside the bar when it fits, beside it when not."""
    inside = extent(text) + 12 < width
    css = "chart-inside" if inside else "chart-value"
    return element("text", text, class_=css, x=left + (6 if inside else width + 5), y=middle + 4)
