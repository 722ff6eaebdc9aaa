"""A request in a workspace ÷ the same view on plain Django (tenancy.md §3).

Every arm runs in a process of its own with one persistent connection, and the rounds interleave. Each round is compared
with plain Django's of the same moment, and the median of that taken. Process and backend are given a core each, as
where the database has a machine of its own, and then both the same one: left alone, the kernel does now this and now
that, and a request of one query takes half as long again. The dearer of the two ways is the figure.
"""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.cluster import CLUSTER
from benchmarks.report import Figure

QUERIES = (0, 1, 5, 20)
IDS = tuple(f"request_ratio_{queries}" for queries in QUERIES)
ARMS = ("plain", "autocommit", "stock", "ours")
ROUNDS = 20  # each way
REQUESTS = {0: 150, 1: 80, 5: 36, 20: 14}


def measure(wanted: set[str]) -> Iterator[Figure]:
    for name in ("bench_plain", "bench_stock", "bench_ours"):
        CLUSTER.fresh_database(name)
    arms = {arm: _start(arm) for arm in ARMS}
    try:
        for queries in QUERIES:
            if f"request_ratio_{queries}" in wanted:
                yield _figure(arms, queries)
    finally:
        for child in arms.values():
            child.stdin.close()  # type: ignore[union-attr]
            child.wait(10)


def _start(arm: str) -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.arms.child", arm], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline().strip() == "ready", f"the {arm} arm did not start"  # type: ignore[union-attr]
    return child


def _figure(arms: dict[str, "subprocess.Popen[str]"], queries: int) -> Figure:
    apart, together = (_times(arms, queries, together=way) for way in (False, True))
    ways = {"a core each": _ratio(apart, "ours", "plain"), "both on one core": _ratio(together, "ours", "plain")}
    return Figure(
        id=f"request_ratio_{queries}",
        value=max(ways.values()),
        unit="×",
        goal="≤ 1.10",
        beside={
            **ways,
            "stock django-tenants": _ratio(apart, "stock", "plain"),
            "÷ plain without a transaction": _ratio(apart, "ours", "autocommit"),
            "ours ms": median(apart["ours"]),
            "plain ms": median(apart["plain"]),
        },
    )


def _times(arms: dict[str, "subprocess.Popen[str]"], queries: int, *, together: bool) -> dict[str, list[float]]:
    """Milliseconds of a request in each round, by arm."""
    times: dict[str, list[float]] = {arm: [] for arm in arms}
    for round_number in range(ROUNDS + 1):
        # Who comes after whom is turned round each time: one finds the processor's caches as the other left them.
        for arm, child in sorted(arms.items(), reverse=bool(round_number % 2)):
            child.stdin.write(f"{queries} {REQUESTS[queries]} {together:d}\n")  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
            seconds = float(child.stdout.readline())  # type: ignore[union-attr]
            if round_number:  # the first round warms up
                times[arm].append(seconds / REQUESTS[queries] * 1000)
    return times


def _ratio(times: dict[str, list[float]], one: str, other: str) -> float:
    return median(a / b for a, b in zip(times[one], times[other], strict=True))
