"""What was measured as curves: SVG files that stand by themselves, in the colours of the product's charts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from config import env
from shared import charts

PICTURES = env.ROOT / "docs" / "pictures"
_COLOURS = ("#35618e", "#a3781c", "#3f7f76", "#b8683c", "#7a5b86", "#8b857c")


@dataclass(frozen=True)
class Curve:
    """`lines` are (name, key of a figure, factor to the unit)."""

    file: str
    title: str
    unit: str
    lines: tuple[tuple[str, str, float], ...]


CURVES = (
    Curve(
        "signup",
        "Sign-up to usable workspace, median",
        " ms",
        (
            ("cold", "signup_cold_p50_ms", 1),
            ("warm", "signup_warm_p50_ms", 1),
            ("20 at once", "signup_burst_p50_ms", 1),
        ),
    ),
    Curve(
        "request",
        "A signed-in first page, median",
        " ms",
        (
            ("first touch", "request_first_p50_ms", 1),
            ("touched before", "request_again_p50_ms", 1),
            ("one alone", "request_one_p50_ms", 1),
        ),
    ),
    Curve(
        "fleet",
        "Workspaces migrated in a second",
        "",
        (("raw limit", "fleet_raw_a_second", 1), ("manage.py fleet", "fleet_a_second", 1)),
    ),
    Curve("console", "The console's first page, median", " ms", (("first page", "console_home_p50_ms", 1),)),
    Curve(
        "disk",
        "On disk",
        " GB",
        (("database", "database_mb", 0.001), ("of it catalogue", "catalogue_mb", 0.001)),
    ),
    Curve(
        "roles",
        "First statement under a role",
        " ms",
        (("new connection", "role_first_ms", 1), ("after a new grant", "role_after_grant_ms", 1)),
    ),
)


def draw(sizes: dict[int, dict[str, Any]]) -> list[tuple[Curve, Path]]:
    """Write a file for each curve that has figures. Returns them in order."""
    written = []
    for curve in CURVES:
        lines = {name: [_value(found, key, factor) for found in sizes.values()] for name, key, factor in curve.lines}
        lines = {name: values for name, values in lines.items() if any(value is not None for value in values)}
        if not lines:
            continue
        with translation.override("en"):
            drawn = charts.trend([f"{size:,}" for size in sizes], lines, title=curve.title, unit=curve.unit)
        path = PICTURES / f"scale-{curve.file}.svg"
        path.write_text(_standing_alone(str(drawn.svg), curve.title, list(lines)))
        written.append((curve, path))
    return written


def _value(found: dict[str, Any], key: str, factor: float) -> float | None:
    return None if found.get(key) is None else found[key] * factor


def _standing_alone(svg: str, title: str, names: list[str]) -> str:
    """The chart with a title, a key and the styles that a page would have given it."""
    body = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    height, width = 160, 340
    rules = "".join(
        f".line-{n}{{fill:none;stroke:{colour};stroke-width:2}}.fill-{n}{{fill:{colour}}}"
        f".area-{n}{{fill:{colour};fill-opacity:.14}}"
        for n, colour in enumerate(_COLOURS, start=1)
    )
    style = (
        "text{font:12px system-ui,sans-serif;fill:#57534e}.title{font-weight:600;fill:#1c1917}"
        f".chart-grid{{stroke:#e7e5e4}}.chart-axis{{stroke:#a8a29e}}{rules}"
    )
    key, x = [], 6.0
    for n, name in enumerate(names, start=1):
        key.append(f'<rect class="fill-{n}" x="{x:.0f}" y="28" width="10" height="10" rx="2"/>')
        key.append(f'<text x="{x + 14:.0f}" y="37">{name}</text>')
        x += 14 + 6.4 * len(name) + 14
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 0 {width + 26} {height + 48}" width="510" role="img">'
        f'<style>{style}</style><rect x="-16" width="{width + 26}" height="{height + 48}" fill="#fff"/>'
        f'<text class="title" x="6" y="17">{title}</text>{"".join(key)}'
        f'<g transform="translate(0 44)">{body}</g></svg>\n'
    )
