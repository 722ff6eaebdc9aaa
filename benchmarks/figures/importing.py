"""A roster of 2,000 and one of 20,000 rows and 26 columns, from file to register: the dry run, then the import."""

from collections.abc import Iterator
from statistics import median

from benchmarks.arms.run import lines_of
from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = ("import_dry_run_2000_s", "import_2000_s", "import_20000_s")
SMALL = {"rows": 2_000, "rounds": 5, "branches": 20}
LARGE = {"rows": 20_000, "rounds": 1, "branches": 500}


def measure(wanted: set[str]) -> Iterator[Figure]:
    if wanted & {"import_dry_run_2000_s", "import_2000_s"}:
        dry, took, _steps = _imported(**SMALL)
        if "import_dry_run_2000_s" in wanted:
            yield Figure("import_dry_run_2000_s", dry, "s", "≤ 3", note="reading, mapping, judging, storing every row")
        if "import_2000_s" in wanted:
            yield Figure("import_2000_s", took, "s", "≤ 10", note="every row judged again, written and recorded")
    if "import_20000_s" in wanted:
        dry, took, steps = _imported(**LARGE)
        beside = {"dry run s": dry, "times the bar moved": steps}
        yield Figure("import_20000_s", took, "s", "≤ 60", beside=beside, note="the same for 500 branches")


def _imported(*, rows: int, rounds: int, branches: int) -> tuple[float, float, float]:
    """Seconds of the dry run and of the import, and how often the bar moved."""
    fresh_product()
    found = [tuple(map(float, line.split())) for line in lines_of("import_roster", rows, rounds, branches)]
    dry, took, steps = (median(column) for column in zip(*found, strict=True))
    return dry, took, steps
