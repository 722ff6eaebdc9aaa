"""What a PostgreSQL backend holds after it was asked into 2,000 workspaces, 20 tables in each (tenancy.md §3).

Two processes touch the same workspaces in turn, slice by slice: one ends its backend after BACKEND_SCHEMAS schemas, the
other never does. After the first COMPARED of them the one that recycles goes on alone. The workspaces are kept from run
to run. A run adds to them for FILL_S seconds at most and measures with those that are there; BENCH_FULL=1 fills up
first and lets both go to the end, which takes some minutes.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.cluster import MANY
from benchmarks.report import Figure

IDS = ("backend_mb_2000",)
WORKSPACES, COMPARED, SLICE = 2_000, 600, 40
FULL = bool(os.environ.get("BENCH_FULL"))
FILL_S = 30
BUDGET = 120  # the default of BACKEND_SCHEMAS
SITTING = 10  # requests that somebody makes in one go


def measure(wanted: set[str]) -> Iterator[Figure]:
    try:
        there = min(_fill(), WORKSPACES)
        arms = {budget: _start(budget) for budget in (BUDGET, 0)}
        both = there if FULL else min(there, COMPARED)
        first, most = _sweep(arms, range(both), times=1)
        _first, alone = _sweep({BUDGET: arms[BUDGET]}, range(both, there), times=1)
        sitting, _most = _sweep(arms, range(min(there, 3 * SLICE)), times=SITTING)
        for child in arms.values():
            child.stdin.close()  # type: ignore[union-attr]
            child.wait(10)
    finally:
        MANY.stop()
    yield Figure(
        id="backend_mb_2000",
        value=(most | alone)[BUDGET],
        unit="MB",
        goal="≤ 200",
        beside={
            f"without recycling, after {both} MB": most[0],
            "time of a first touch ×": _ratio(first),
            "first touch ms": median(first[0]) / SLICE * 1000,
            f"time of {SITTING} requests where all were known ×": _ratio(sitting),
            "workspaces": there,
        },
        note=f"{there} workspaces touched, a backend ends after {BUDGET}; goal for a first touch ≤ 1.02 ×"
        + ("" if there == WORKSPACES else f". Not yet {WORKSPACES}: run again, or with BENCH_FULL=1"),
    )


def _fill() -> int:
    MANY.ensure_running()
    seconds = 3600 if FULL else FILL_S
    if MANY._sql("postgres", "SELECT 1 FROM pg_database WHERE datname = 'bench_many'") == "":
        MANY.fresh_database("bench_many")
    command = [sys.executable, "-m", "benchmarks.arms.fill_many", str(WORKSPACES), str(seconds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode == 3:  # of another release: roles belong to the server, so all of it goes
        MANY.begin_anew()
        return _fill()
    done.check_returncode()
    return int(done.stdout)


def _start(budget: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.arms.touching", str(budget)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert int(child.stdout.readline()), "no workspaces"  # type: ignore[union-attr]
    return child


def _sweep(
    arms: dict[int, "subprocess.Popen[str]"], which: range, *, times: int
) -> tuple[dict[int, list[float]], dict[int, float]]:
    """Seconds of every slice, and the most that a backend held, by budget."""
    spent: dict[int, list[float]] = {budget: [] for budget in arms}
    most: dict[int, float] = {}
    for number, first in enumerate(which[::SLICE]):
        # Who comes second finds the server's pages warm: they take turns.
        for budget in sorted(arms, reverse=bool(number % 2)):
            child = arms[budget]
            child.stdin.write(f"{first} {min(first + SLICE, which.stop)} {times}\n")  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
            seconds, held = map(float, child.stdout.readline().split())  # type: ignore[union-attr]
            spent[budget].append(seconds)
            most[budget] = held
    return spent, most


def _ratio(spent: dict[int, list[float]]) -> float:
    return sum(spent[BUDGET]) / sum(spent[0])
