"""The console's first page with 10,000 workspaces and 90 days of their counts (tenancy.md §3)."""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = ("console_home_10000_ms",)
WORKSPACES = 10_000
DAYS = 90
ROUNDS = 21


def measure(wanted: set[str]) -> Iterator[Figure]:
    fresh_product()
    few, many = (median(_run(number)) for number in (100, WORKSPACES))
    yield Figure(
        id="console_home_10000_ms",
        value=many,
        unit="ms",
        goal="≤ 100",
        beside={"100 workspaces ms": few},
        note=f"server time, {WORKSPACES} workspaces, {DAYS} days of counts each",
    )


def _run(workspaces: int) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.arms.console_home", str(workspaces), str(DAYS), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(line) for line in done.stdout.split()]
