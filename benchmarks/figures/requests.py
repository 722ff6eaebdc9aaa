"""A request in a workspace ÷ the same view on plain Django (tenancy.md §3).

Every arm runs in a process of its own with one persistent connection; the rounds interleave, medians are compared.
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
ROUNDS = 11
REQUESTS = {0: 400, 1: 250, 5: 120, 20: 50}


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
        for arm, child in arms.items():
            child.stdin.write(f"{queries} {REQUESTS[queries]}\n")  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
            seconds = float(child.stdout.readline())  # type: ignore[union-attr]
            if round_number:  # the first round warms up
                times[arm].append(seconds / REQUESTS[queries] * 1000)
    ms = {arm: median(values) for arm, values in times.items()}
    return Figure(
        id=f"request_ratio_{queries}",
        value=ms["ours"] / ms["plain"],
        unit="×",
        goal="≤ 1.10",
        beside={
            "stock django-tenants": ms["stock"] / ms["plain"],
            "÷ plain without a transaction": ms["ours"] / ms["autocommit"],
            "ours ms": ms["ours"],
            "plain ms": ms["plain"],
        },
    )
