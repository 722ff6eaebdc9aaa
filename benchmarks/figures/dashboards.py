"""The six dashboards of a unit of 500 branches and 20,000 members with a year of organisation life."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from benchmarks.arms.run import lines_of
from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = ("dashboards_20000_ms",)
GENERAL, BRANCHES, MEMBERS, ROUNDS = 20, 25, 40, 15


def measure(wanted: set[str]) -> Iterator[Figure]:
    fresh_product()
    spent: dict[str, list[float]] = defaultdict(list)
    asked: dict[str, float] = {}
    for line in lines_of("dashboards", GENERAL, BRANCHES, MEMBERS, ROUNDS):
        page, milliseconds, queries = line.split()
        spent[page].append(float(milliseconds))
        asked[page] = float(queries)
    medians = {page: median(rounds) for page, rounds in spent.items()}
    overview = medians.pop("overview")
    slowest = max(medians, key=lambda page: medians[page])
    yield Figure(
        "dashboards_20000_ms",
        medians[slowest],
        "ms",
        "≤ 300",
        beside={
            "overview ms": overview,
            **{f"{page} ms": each for page, each in medians.items()},
            **{f"{page} queries": count for page, count in asked.items()},
        },
        note=f"server time of the slowest of the six ({slowest}); at most 25 queries a page",
    )
