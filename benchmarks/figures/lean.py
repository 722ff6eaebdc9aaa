"""What an empty workspace takes on disk (tenancy.md, decision 6): schema, tables, indexes, seed, no people but one."""

import json
from collections.abc import Iterator

from benchmarks.arms.run import lines_of
from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = ("empty_tenant_mb",)
OPENED = 10  # workspaces over which the catalogue's growth is taken
MB = 1 << 20  # as PostgreSQL counts, and the budget (docs/subsystems/lean-schema.md)


def measure(wanted: set[str]) -> Iterator[Figure]:
    fresh_product()
    found = json.loads(lines_of("empty_tenant", OPENED)[-1])
    yield Figure(
        id="empty_tenant_mb",
        value=found["total"] / MB,
        unit="MB",
        goal="≤ 1.5",
        beside={
            **{f"{kind} MB": size / MB for kind, size in found["bytes"].items()},
            "files": found["files"],
            "catalogue rows": found["rows"],
            "catalogue MB": found["catalogue_growth"] / MB,
        },
        note=f"{found['total']:,} bytes of relation files, in MB of 2**20; the catalogue's own growth stands beside",
    )
