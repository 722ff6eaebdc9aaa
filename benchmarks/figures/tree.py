"""Moving a subtree of 100 units in a tree of 2,000, with everything the verb does."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from benchmarks.arms.run import lines_of
from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = ("subtree_move_ms",)
SIZE, GENERAL, BRANCHES, ROUNDS = 100, 38, 50, 15


def measure(wanted: set[str]) -> Iterator[Figure]:
    fresh_product()
    spent: dict[str, list[float]] = defaultdict(list)
    asked: dict[str, float] = {}
    for line in lines_of("subtree", SIZE, GENERAL, BRANCHES, ROUNDS):
        name, milliseconds, queries = line.split()
        spent[name].append(float(milliseconds))
        asked[name] = float(queries)
    yield Figure(
        "subtree_move_ms",
        median(spent["moved"]),
        "ms",
        "≤ 300",
        beside={
            "slowest ms": max(spent["moved"]),
            "queries": asked["moved"],
            "tree of a day ms": median(spent["read"]),
            "its queries": asked["read"],
        },
        note=f"{SIZE} units under one of two committees in a tree of {GENERAL * BRANCHES + SIZE:,}; committed",
    )
