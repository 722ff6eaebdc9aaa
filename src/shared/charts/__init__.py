"""Charts as SVG: no script, print well, and come with their numbers.

Each function is pure and returns a `Chart`; `{{ chart }}` draws the picture alone, `{% chart chart %}` the picture with
its table. Colours come from the stylesheet, so nothing here knows one.
"""

from shared.charts.bars import bar, stacked
from shared.charts.drawing import Chart
from shared.charts.funnels import funnel
from shared.charts.lines import sparkline, trend
from shared.charts.radars import radar
from shared.charts.rings import donut, ring

__all__ = ["Chart", "bar", "donut", "funnel", "radar", "ring", "sparkline", "stacked", "trend"]
