"""A release over 1,000 workspaces: the check that finds nobody behind, and a real one ÷ bare SQL (tenancy.md §3)."""

from collections.abc import Iterator
from statistics import median

from benchmarks.arms.run import lines_of
from benchmarks.cluster import CLUSTER
from benchmarks.report import Figure

IDS = ("fleet_noop_1000_s", "fleet_rate_ratio")
WORKSPACES = 1_000
ROUNDS = 10


def measure(wanted: set[str]) -> Iterator[Figure]:
    CLUSTER.fresh_database("bench_fleet")
    *rounds, noop = [tuple(map(float, line.split())) for line in lines_of("fleet", WORKSPACES, ROUNDS)]
    each = WORKSPACES / ROUNDS
    ours, raw = (each / median(column) for column in zip(*rounds, strict=True))
    inside, process = noop
    figures = (
        Figure(
            id="fleet_noop_1000_s",
            value=inside,
            unit="s",
            goal="≤ 1",
            beside={"with a process of its own s": process},
            note=f"{WORKSPACES} workspaces, none behind",
        ),
        Figure(
            id="fleet_rate_ratio",
            value=ours / raw,
            unit="×",
            goal="≥ 0.5",
            beside={"ours a second": ours, "bare SQL a second": raw},
            note=f"one column and one index in {WORKSPACES} schemas, one connection each",
        ),
    )
    yield from (figure for figure in figures if figure.id in wanted)
