"""The register of 20,000 members in 500 branches: the page, the search, where everybody stood on a day, statistics."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from benchmarks.arms.run import lines_of
from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = (
    "roster_20000_ms",
    "roster_queries",
    "search_pinyin_ms",
    "as_of_20000_ms",
    "statistics_20000_ms",
    "quality_20000_ms",
)
GENERAL, BRANCHES, MEMBERS, ROUNDS = 20, 25, 40, 15


def measure(wanted: set[str]) -> Iterator[Figure]:
    fresh_product()
    spent: dict[str, list[float]] = defaultdict(list)
    asked: dict[str, float] = {}
    for line in lines_of("register", GENERAL, BRANCHES, MEMBERS, ROUNDS):
        read, milliseconds, queries = line.split()
        spent[read].append(float(milliseconds))
        asked[read] = float(queries)
    took = {read: median(rounds) for read, rounds in spent.items()}
    found = (
        Figure("roster_20000_ms", took["roster"], "ms", "≤ 150", note="the register's first page, as an administrator"),
        Figure("roster_queries", asked["roster"], "", "≤ 12", note="what that page asks the database"),
        Figure("search_pinyin_ms", took["search"], "ms", "≤ 50", note="the picker's search by pinyin"),
        Figure(
            "as_of_20000_ms",
            took["as_of"],
            "ms",
            "≤ 1000",
            beside={"queries": asked["as_of"]},
            note="where every member stood on a day, for entitlement; 5 % have later events",
        ),
        Figure(
            "statistics_20000_ms",
            took["statistics"],
            "ms",
            "≤ 1000",
            beside={"queries": asked["statistics"], "workbook ms": took["workbook"], "people ms": took["people"]},
            note="the page of statistics at yesterday's end against the year's end before, over 521 units",
        ),
        Figure(
            "quality_20000_ms",
            took["quality"],
            "ms",
            "≤ 1000",
            beside={"queries": asked["quality"]},
            note="the page of what the register lacks: every entry judged",
        ),
    )
    yield from (figure for figure in found if figure.id in wanted)
