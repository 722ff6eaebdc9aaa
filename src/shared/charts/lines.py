"""How a number moves over time."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.charts.drawing import WIDTH, Chart, Text, colour, element, extent, legend, nice_top, number, picture, shown

HEIGHT = 160
TOP = 14
BOTTOM = 24

Points = list[tuple[float, float]]


def trend(
    labels: Sequence[Text],
    series: Mapping[str, Sequence[float | None]],
    *,
    title: Text,
    unit: Text = "",
    target: float | None = None,
    top: float | None = None,
) -> Chart:
    """A line per series over shared labels; None is a gap, not a zero. A single series is filled beneath."""
    known = [value for values in series.values() for value in values if value is not None]
    ceiling = top or nice_top(max([*known, target or 0], default=1))
    left = max(extent(shown(ceiling, unit)), 14) + 8
    right = max(extent(labels[-1]) / 2 if labels else 0, 6)
    step = (WIDTH - left - right) / max(len(labels) - 1, 1)
    drawn = HEIGHT - TOP - BOTTOM

    def y(value: float) -> float:
        return TOP + drawn * (1 - value / ceiling)

    shapes = _grid(ceiling, unit, left, y(0), y(ceiling / 2), y(ceiling))
    shapes += _ticks(labels, left, step)
    if target is not None:
        shapes.append(element("line", class_="chart-target", x1=left, x2=WIDTH, y1=y(target), y2=y(target)))
    for index, values in enumerate(series.values()):
        runs = _runs([(left + i * step, y(v)) if v is not None else None for i, v in enumerate(values)])
        for run in runs:
            if len(series) == 1:
                shapes.append(
                    element("path", class_="area-1", d=f"{_path(run)}L{_at(run[-1][0], y(0))}L{_at(run[0][0], y(0))}Z")
                )
            shapes.append(element("path", class_=f"line-{colour(index)}", d=_path(run)))
        if runs:
            x_last, y_last = runs[-1][-1]
            shapes.append(element("circle", class_=f"fill-{colour(index)}", cx=x_last, cy=y_last, r=3.5))
    words = "；".join(
        f"{name}：" + "，".join(f"{label} {shown(v, unit)}" for label, v in zip(labels, values, strict=True))
        for name, values in series.items()
    )
    svg = picture(shapes, width=WIDTH, height=HEIGHT, kind="trend", title=title, words=words)
    rows = [[label, *(values[i] for values in series.values())] for i, label in enumerate(labels)]
    key = legend(list(series)) if len(series) > 1 else SafeString("")
    return Chart(svg=svg, title=title, columns=[_("时间"), *series], rows=rows, legend=key)


def sparkline(values: Sequence[float | None], *, title: Text, unit: Text = "") -> Chart:
    """A word-sized line without axes, from its own lowest to its own highest."""
    width, height = 96, 28
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    step = (width - 8) / max(len(values) - 1, 1)

    def y(value: float) -> float:
        return height / 2 if high == low else 4 + (height - 8) * (1 - (value - low) / (high - low))

    runs = _runs([(4 + i * step, y(v)) if v is not None else None for i, v in enumerate(values)])
    shapes = [element("path", class_="line-1", d=_path(run)) for run in runs]
    if runs:
        shapes.append(element("circle", class_="fill-1", cx=runs[-1][-1][0], cy=runs[-1][-1][1], r=3))
    words = _("从 {first} 到 {last}").format(first=shown(known[0], unit), last=shown(known[-1], unit)) if known else ""
    svg = picture(shapes, width=width, height=height, kind="spark", title=title, words=words)
    rows = [[i + 1, value] for i, value in enumerate(values)]
    return Chart(svg=svg, title=title, columns=[_("序号"), unit or _("数值")], rows=rows)


def _grid(ceiling: float, unit: Text, left: float, bottom: float, half: float, top: float) -> list[SafeString]:
    lines = [element("line", class_="chart-grid", x1=left, x2=WIDTH, y1=y, y2=y) for y in (half, top)]
    axis = element("line", class_="chart-axis", x1=left, x2=WIDTH, y1=bottom, y2=bottom)
    values = [
        element("text", shown(value, unit), x=left - 6, y=y + 4, text_anchor="end")
        for value, y in ((0, bottom), (ceiling / 2, half), (ceiling, top))
    ]
    return [*lines, axis, *values]


def _ticks(labels: Sequence[Text], left: float, step: float) -> list[SafeString]:
    """As many labels as fit; the last always stands, since it is the present."""
    widest = max((extent(label) for label in labels), default=0) + 6
    every = max(1, -(-int(widest) // max(int(step), 1)))
    last = len(labels) - 1
    return [
        element("text", label, x=left + i * step, y=HEIGHT - 7, text_anchor="middle")
        for i, label in enumerate(labels)
        if (last - i) % every == 0
    ]


def _runs(points: Sequence[tuple[float, float] | None]) -> list[Points]:
    """Neighbouring known points; a gap starts a new line."""
    runs: list[Points] = []
    open_run = False
    for point in points:
        if point is None:
            open_run = False
            continue
        if not open_run:
            runs.append([])
            open_run = True
        runs[-1].append(point)
    return runs


def _path(run: Points) -> str:
    return "M" + "L".join(_at(x, y) for x, y in run)


def _at(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"
