"""A roster of 2,000 rows and 26 columns, from file to register: the dry run, then the import."""

from collections.abc import Iterator
from statistics import median

from benchmarks.arms.run import lines_of
from benchmarks.cluster import CLUSTER
from benchmarks.report import Figure

IDS = ("import_dry_run_2000_s", "import_2000_s")
ROWS, ROUNDS = 2_000, 5


def measure(wanted: set[str]) -> Iterator[Figure]:
    CLUSTER.fresh_database("bench_product")
    pairs = [tuple(map(float, line.split())) for line in lines_of("import_roster", ROWS, ROUNDS)]
    dry, took = (median(column) for column in zip(*pairs, strict=True))
    if "import_dry_run_2000_s" in wanted:
        yield Figure("import_dry_run_2000_s", dry, "s", "≤ 3", note="reading, mapping, judging and storing every row")
    if "import_2000_s" in wanted:
        yield Figure("import_2000_s", took, "s", "≤ 10", note="every row judged again, written and recorded")
