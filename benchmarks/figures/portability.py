"""A workspace of 2,000 members with a year of life: exported, proved, restored into a new schema, compared."""

from collections.abc import Iterator
from statistics import median

from benchmarks.arms.run import lines_of
from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = ("export_restore_2000_s",)
GENERAL, BRANCHES, MEMBERS, ROUNDS = 5, 20, 20, 5


def measure(wanted: set[str]) -> Iterator[Figure]:
    fresh_product()
    first, *rounds = lines_of("export_restore", GENERAL, BRANCHES, MEMBERS, ROUNDS)
    rows, megabytes = map(float, first.split())
    columns = zip(*(tuple(map(float, line.split())) for line in rounds), strict=True)
    export, restore, away = (median(column) for column in columns)
    yield Figure(
        "export_restore_2000_s",
        export + restore,
        "s",
        "≤ 10",
        beside={
            "export s": export,
            "prove and restore s": restore,
            "of it closed to people s": away,
            "rows": rows,
            "archive MB": megabytes,
        },
        note="digests of every table equal before and after; a step proves it, or the restore fails",
    )
