"""Each module here measures one family: `IDS` names its figures, `measure(wanted)` yields them.

A new module is found by itself. What `make bench` runs without being asked, and in which order it is shown, stands in
PROMISED: together no more than five minutes. The rest is in MORE.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from benchmarks.report import Figure

PROMISED = [
    "signup_warm_p95_ms",
    "cold_open_ratio",
    "request_ratio_0",
    "request_ratio_1",
    "request_ratio_5",
    "request_ratio_20",
    "fleet_noop_1000_s",
    "fleet_rate_ratio",
    "empty_tenant_mb",
    "backend_mb_2000",
    "console_home_10000_ms",
    "export_restore_2000_s",
    "subtree_move_ms",
]
MORE = [
    "import_dry_run_2000_s",
    "import_2000_s",
    "import_20000_s",
    "dashboards_20000_ms",
    "roster_20000_ms",
    "roster_queries",
    "search_pinyin_ms",
    "as_of_20000_ms",
    "statistics_20000_ms",
    "quality_20000_ms",
]


class Family(Protocol):
    IDS: tuple[str, ...]

    def measure(self, wanted: set[str]) -> Iterator[Figure]:
        """The figures that are wanted, each as soon as it is known."""


def families() -> list[Family]:
    """Every module of this folder, in the order in which their first figures are shown."""
    found: list[Family] = [
        import_module(f"{__name__}.{module.name}")  # type: ignore[misc]  # a module is what the protocol describes
        for module in pkgutil.iter_modules(__path__)
    ]
    order = [*PROMISED, *MORE]
    return sorted(found, key=lambda family: min(map(order.index, family.IDS)))
