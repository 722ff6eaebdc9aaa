"""`make bench-rollout TENANTS=n`: open n workspaces of the mean shape, and measure on the way.

A run that was cut goes on where it stood. Results in var/bench/rollout.json; curves and table in docs/scale.md.
"""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything
import argparse
import sys
from collections.abc import Sequence

from benchmarks.rollout import growing, measuring, page, state
from benchmarks.rollout.server import CLUSTER, ensure_database

SIZES = (100, 1_000, 5_000, 11_800)


def main() -> int:
    given = _arguments()
    if given.page_only:
        page.write(state.load())
        return 0
    if given.fresh:
        CLUSTER.begin_anew()
        state.PATH.unlink(missing_ok=True)
    sizes = [size for size in given.sizes if size <= given.tenants] or [given.tenants]
    ensure_database()
    try:
        known = state.load()
        for size in sizes:
            growing.grow(known, size, processes=given.processes)
            measuring.measure(known, size, again=given.again)
            page.write(known)
        if given.tenants > sizes[-1]:
            growing.grow(known, given.tenants, processes=given.processes)
    finally:
        CLUSTER.stop()
    print(f"Written to {state.PATH} and {page.PAGE}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tenants", type=int, required=True, help="how many workspaces there shall be")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="where to measure: 100,1000,…")
    parser.add_argument("--processes", type=int, default=2, help="that open at once")
    parser.add_argument("--again", action="store_true", help="measure anew what was measured at a size")
    parser.add_argument("--fresh", action="store_true", help="forget the server, its data and what was measured")
    parser.add_argument("--page-only", action="store_true", help="only write docs/scale.md from what was measured")
    given = parser.parse_args()
    if given.tenants < 10:
        parser.error("--tenants: ten at least")
    return given


def _sizes(text: str) -> Sequence[int]:
    return sorted(int(part) for part in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
