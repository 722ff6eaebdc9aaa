"""`make bench`: measure, print a table, write var/bench/latest.json."""

import argparse
import sys

from benchmarks import report
from benchmarks.cluster import CLUSTER
from benchmarks.figures import console, dashboards, importing, memory, opening, requests

FAMILIES = (opening, requests, memory, importing, console, dashboards)


def main() -> int:
    known = [identifier for family in FAMILIES for identifier in family.IDS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help=f"comma-separated ids of {', '.join(known)}")
    chosen = set((parser.parse_args().only or ",".join(known)).split(","))
    if unknown := chosen - set(known):
        print(f"No such figure: {', '.join(sorted(unknown))}. Known: {', '.join(known)}", file=sys.stderr)
        return 2
    CLUSTER.ensure_running()
    figures: list[report.Figure] = []
    try:
        for family in FAMILIES:
            wanted = chosen & set(family.IDS)
            if wanted:
                figures.extend(family.measure(wanted))
    finally:
        CLUSTER.stop()
    report.show(figures)
    report.write(figures)
    print(f"\nWritten to {report.LATEST}")
    return 0


sys.exit(main())
