"""A request in a workspace ÷ the same view on plain Django (tenancy.md §3).

Every arm runs in a process of its own with one persistent connection, and the rounds interleave. Each round is compared
with plain Django's of the same moment, and the median of that taken: whether the kernel puts a process and its backend
on one core or on two changes from second to second, and moves a request of one query by half.
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
ROUNDS = 40
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
    times: dict[str, list[float]] = {arm: [] for arm in arms}
    for round_number in range(ROUNDS + 1):
        # Who comes after whom is turned round each time: one finds the processor's caches as the other left them.
        for arm, child in sorted(arms.items(), reverse=bool(round_number % 2)):
            child.stdin.write(f"{queries} {REQUESTS[queries]}\n")  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
            seconds = float(child.stdout.readline())  # type: ignore[union-attr]
            if round_number:  # the first round warms up
                times[arm].append(seconds / REQUESTS[queries] * 1000)
    return Figure(
        id=f"request_ratio_{queries}",
        value=_ratio(times["ours"], times["plain"]),
        unit="×",
        goal="≤ 1.10",
        beside={
            "stock django-tenants": _ratio(times["stock"], times["plain"]),
            "÷ plain without a transaction": _ratio(times["ours"], times["autocommit"]),
            "ours ms": median(times["ours"]),
            "plain ms": median(times["plain"]),
        },
    )


def _ratio(some: list[float], others: list[float]) -> float:
    return median(one / other for one, other in zip(some, others, strict=True))
