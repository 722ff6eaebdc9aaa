"""Charts say the same as their numbers, to eyes and to screen readers."""

import re
from xml.etree import ElementTree

import pytest

from shared import charts

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: charts.Chart) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart))  # noqa: S314  our own output


def widths(chart: charts.Chart, css: str) -> list[float]:
    return [float(e.get("width", "0")) for e in drawn(chart).iter() if e.get("class") == css]


EVERY_KIND = [
    charts.bar([("甲", 3), ("乙", None)], title="完成", unit="项", target=2),
    charts.stacked([("甲", [1, 2])], series=["按时", "补办"], title="完成"),
    charts.trend(["1月", "2月", "3月"], {"完成率": [50, None, 70]}, title="走势", unit="%", target=60),
    charts.sparkline([1, None, 3], title="走势"),
    charts.radar([("规律", 0.5), ("广度", None), ("互动", 1)], title="六维"),
    charts.donut([("男", 3), ("女", 2)], title="性别", unit="人"),
    charts.funnel([("申请", 10), ("积极分子", 4)], title="发展"),
    charts.ring(0.4, title="学时"),
]


@pytest.mark.parametrize("chart", EVERY_KIND)
def test_every_chart_is_well_formed_and_named(chart: charts.Chart) -> None:
    svg = drawn(chart)
    assert svg.get("role") == "img"
    assert svg.get("aria-label", "").startswith(str(chart.title))
    assert [e.text for e in svg.iter("title")] == [chart.title]


@pytest.mark.parametrize("chart", EVERY_KIND)
def test_no_chart_holds_a_colour_a_style_or_a_number_that_is_none(chart: charts.Chart) -> None:
    assert not re.search(r'style=|fill="#|stroke="#|nan|inf|None|href', str(chart))


@pytest.mark.parametrize("chart", EVERY_KIND)
def test_every_row_of_the_table_fills_every_column(chart: charts.Chart) -> None:
    assert {len(row) for row in chart.rows} == {len(chart.columns)}


def test_bars_are_as_long_as_their_values() -> None:
    ten, five = widths(charts.bar([("甲", 10), ("乙", 5)], title="x"), "fill-1")
    assert ten == pytest.approx(2 * five, abs=0.02)


def test_a_fixed_top_makes_two_charts_comparable() -> None:
    half = widths(charts.bar([("甲", 50)], title="x", top=100), "fill-1")
    whole = widths(charts.bar([("甲", 100)], title="x", top=100), "fill-1")
    assert whole[0] == pytest.approx(2 * half[0], abs=0.02)


def test_an_unknown_value_is_a_dash_and_not_a_zero() -> None:
    assert "—" in str(charts.bar([("甲", None)], title="x"))
    assert "甲 —" in drawn(charts.bar([("甲", None)], title="x")).get("aria-label", "")


def test_a_gap_parts_a_line_in_two() -> None:
    chart = charts.trend(["1", "2", "3", "4", "5"], {"a": [1, 2, None, 3, 4]}, title="x")
    assert sum(e.get("class") == "line-1" for e in drawn(chart).iter()) == 2


def test_a_higher_value_stands_higher() -> None:
    chart = charts.trend(["1", "2"], {"a": [1, 9]}, title="x")
    line = next(e for e in drawn(chart).iter() if e.get("class") == "line-1").get("d", "")
    first, second = (float(pair.split()[1]) for pair in re.split("[ML]", line) if pair)
    assert second < first


def test_donut_arcs_follow_their_shares() -> None:
    chart = charts.donut([("甲", 75), ("乙", 25)], title="x")
    arcs = [e for e in drawn(chart).iter("circle") if "arc" in e.get("class", "")]
    big, small = (float(e.get("stroke-dasharray", "").split()[0]) for e in arcs)
    assert big / small == pytest.approx(3, rel=0.05)
    assert [row[2] for row in chart.rows] == ["75.0%", "25.0%"]


def test_a_ring_never_overflows_but_says_its_number() -> None:
    chart = charts.ring(1.2, title="x")
    filled, rest = next(e for e in drawn(chart).iter() if e.get("stroke-dasharray")).get("stroke-dasharray", "").split()
    assert float(rest) == 0
    assert float(filled) > 0
    assert "120%" in str(chart)


def test_an_unknown_axis_leaves_the_outline_of_a_radar() -> None:
    chart = charts.radar([("a", 1), ("b", 1), ("c", None), ("d", 1)], title="x")
    mine = next(e for e in drawn(chart).iter() if e.get("class") == "line-1").get("points", "")
    assert len(mine.split()) == 3


def test_a_radar_of_two_axes_is_refused() -> None:
    with pytest.raises(ValueError, match="three axes"):
        charts.radar([("a", 1), ("b", 1)], title="x")


@pytest.mark.parametrize("items", [[], [("甲", 0)]])
def test_nothing_to_show_is_still_a_picture(items: list[tuple[str, float]]) -> None:
    for chart in (
        charts.bar(items, title="x"),
        charts.donut(items, title="x"),
        charts.funnel([(label, int(n)) for label, n in items], title="x"),
    ):
        assert drawn(chart).tag.endswith("svg")


def test_a_hostile_label_stays_text() -> None:
    chart = charts.bar([("<script>alert(1)</script>", 1)], title='"><img src=x>')
    assert "<script" not in str(chart)
    assert "<img" not in str(chart)
