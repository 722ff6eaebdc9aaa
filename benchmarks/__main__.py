"""`make bench`: measure, print a table, write var/bench/latest.json.

Without --only, the figures that tenancy.md promises; with --more, those that take longer. A figure that fails is named
at the end and stops no other; the exit code is then 1.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Iterator

from benchmarks import report
from benchmarks.cluster import CLUSTER
from benchmarks.figures import MORE, PROMISED, Family, families


def main() -> int:
    known = {identifier: family for family in families() for identifier in family.IDS}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help=f"comma-separated ids of {', '.join(known)}")
    parser.add_argument("--more", action="store_true", help=f"those that take longer: {', '.join(MORE)}")
    given = parser.parse_args()
    chosen = given.only.split(",") if given.only else MORE if given.more else PROMISED
    if given.only and (unknown := set(chosen) - set(known)):
        print(f"No such figure: {', '.join(sorted(unknown))}. Known: {', '.join(known)}", file=sys.stderr)
        return 2
    missing = [identifier for identifier in chosen if identifier not in known]
    figures, failures = _measure([family for family in families() if set(family.IDS) & set(chosen)], set(chosen))
    failures |= dict.fromkeys(missing, "nobody measures it")
    figures.sort(key=lambda figure: chosen.index(figure.id))
    report.show(figures)
    report.write(figures, failures)
    for name, why in failures.items():
        print(f"FAILED {name}: {why}", file=sys.stderr)
    print(f"\nWritten to {report.LATEST}")
    return 1 if failures else 0


def _measure(chosen: list[Family], wanted: set[str]) -> tuple[list[report.Figure], dict[str, str]]:
    """What was measured, and by id why the rest was not."""
    # Anew: roles belong to the server and outlive their databases, and each grant reads all that there are.
    CLUSTER.begin_anew()
    figures: list[report.Figure] = []
    failures: dict[str, str] = {}
    begun = time.monotonic()
    try:
        for family in chosen:
            ids = wanted & set(family.IDS)
            try:
                for figure in _timed(family, ids):
                    figures.append(figure)  # noqa: PERF402  what was measured before a failure stays
            except Exception as error:  # one that fails must not take the others along
                traceback.print_exc()
                got = {figure.id for figure in figures}
                failures |= {name: f"{type(error).__name__}: {error}".split("\n")[0] for name in ids - got}
    finally:
        CLUSTER.stop()
    print(f"{len(figures)} figures in {time.monotonic() - begun:.0f} s", flush=True)
    return figures, failures


def _timed(family: Family, ids: set[str]) -> Iterator[report.Figure]:
    """The figures of a family; each says how long it took, setting up included."""
    begun = time.monotonic()
    for figure in family.measure(ids):
        print(f"  {figure.id:<26}{time.monotonic() - begun:6.1f} s", flush=True)
        begun = time.monotonic()
        yield figure


if __name__ == "__main__":
    sys.exit(main())
