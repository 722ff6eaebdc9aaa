"""The part of docs/scale.md that was measured: table and curves between two marks; the rest is written by people."""

from collections.abc import Callable
from typing import Any

from benchmarks.rollout import curves, shape
from config import env

PAGE = env.ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- measured: make bench-rollout writes from here -->", "<!-- measured: to here -->"

Row = tuple[str, Callable[[dict[str, Any]], str]]


def _plain(key: str, unit: str = "", factor: float = 1) -> Callable[[dict[str, Any]], str]:
    def shown(found: dict[str, Any]) -> str:
        return "—" if found.get(key) is None else f"{_short(found[key] * factor)}{unit}"

    return shown


def _pair(name: str) -> Callable[[dict[str, Any]], str]:
    """Median and 95th percentile."""

    def shown(found: dict[str, Any]) -> str:
        if found.get(f"{name}_p50_ms") is None:
            return "—"
        return f"{_short(found[f'{name}_p50_ms'])} / {_short(found[f'{name}_p95_ms'])} ms"

    return shown


ROWS: tuple[Row, ...] = (
    ("sign-up, cold (p50 / p95)", _pair("signup_cold")),
    ("… its floor: the bare statements in one transaction", _pair("signup_floor")),
    ("sign-up out of the warm pool", _pair("signup_warm")),
    ("… 20 at the same moment", _pair("signup_burst")),
    ("first page, a workspace this backend never touched", _pair("request_first")),
    ("… touched before", _pair("request_again")),
    ("… one workspace again and again", _pair("request_one")),
    ("backend, memory of its own after 200 workspaces", _plain("backend_mb", " MB")),
    ("… a workspace", _plain("backend_kb_a_workspace", " kB")),
    ("web process, memory of its own", _plain("web_mb", " MB")),
    ("is anybody behind? (`fleet plan`)", _plain("fleet_noop_ms", " ms")),
    ("workspaces migrated a second: raw limit", _plain("fleet_raw_a_second")),
    ("… `manage.py fleet migrate`", _plain("fleet_a_second")),
    ("WAL of that, a workspace", _plain("fleet_wal_kb", " kB")),
    ("the console's first page", _pair("console_home")),
    ("a workspace on disk", _plain("workspace_mb", " MB")),
    ("the database", _plain("database_mb", " GB", 0.001)),
    ("of it the catalogue", _plain("catalogue_mb", " GB", 0.001)),
    ("rows of pg_class / pg_attribute", lambda f: f"{_short(f['pg_class_rows'])} / {_short(f['pg_attribute_rows'])}"),
    ("relation files", _plain("files")),
    ("role: first statement of a new connection", _plain("role_first_ms", " ms")),
    ("role: after somebody was granted one", _plain("role_after_grant_ms", " ms")),
    ("an autovacuum worker's look before it works", _plain("autovacuum_look_ms", " ms")),
    ("`pg_dump` of one workspace", _plain("dump_one_s", " s")),
    ("a base backup of all, read and thrown away", _plain("base_backup_s", " s")),
    ("stop / start of the server", lambda f: f"{_short(f['stop_s'])} / {_short(f['start_s'])} s"),
    ("statistics kept in memory, as written at the stop", _plain("statistics_mb", " MB")),
)


def write(known: dict[str, Any]) -> None:
    """Put table and curves of all sizes measured so far into the page."""
    sizes = {int(size): found for size, found in known["sizes"].items() if found.get("measured")}
    sizes = dict(sorted(sizes.items()))
    if not sizes:
        return
    drawn = curves.draw(sizes)
    parts = [_lead(known), _table(sizes), *_pictures(drawn)]
    text = PAGE.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}")


def _lead(known: dict[str, Any]) -> str:
    machine, grown = known["machine"], known["grown"]
    done = max(grown.get("workspaces", 0), 1)
    each = {name: _short(grown[f"{name}_s"] / done * 1000) for name in ("opening", "filling")}
    return (
        f"{machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}. Each workspace: {shape.UNITS} "
        f"units, {shape.MEMBERS} members, {shape.MONTHS} month of organisation life. Besides those opened under "
        f"measurement, {_short(done)} were opened in {_short(grown['wall_s'] / 60)} minutes of two processes: "
        f"{each['opening']} ms to open and {each['filling']} ms to fill each, "
        f"{_short(grown['wal_mb'] / done)} MB of WAL."
    )


def _table(sizes: dict[int, dict[str, Any]]) -> str:
    lines = ["| workspaces | " + " | ".join(f"{size:,}" for size in sizes) + " |", "|---|" + "---|" * len(sizes)]
    for name, shown in ROWS:
        cells = [_safely(shown, found) for found in sizes.values()]
        if set(cells) != {"—"}:
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _safely(shown: Callable[[dict[str, Any]], str], found: dict[str, Any]) -> str:
    try:
        return shown(found)
    except KeyError:
        return "—"  # not measured at this size yet


def _pictures(drawn: list[Any]) -> list[str]:
    shown = [f"![{curve.title}](pictures/{path.name})" for curve, path in drawn]
    return [" ".join(shown[start : start + 2]) for start in range(0, len(shown), 2)]


def _short(value: float) -> str:
    """Three figures are enough."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
