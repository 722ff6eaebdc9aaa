"""The product's database, new for each family of figures: migrated once a run, copied each time."""

from functools import cache

from benchmarks.arms.run import lines_of
from benchmarks.cluster import CLUSTER


@cache
def _ready() -> str:
    """A database as `migrate` leaves it, its release rendered."""
    CLUSTER.fresh_database("bench_product")
    lines_of("ready")
    CLUSTER.fresh_database("bench_ready", like="bench_product")
    return "bench_ready"


def fresh_product() -> None:
    """`bench_product` anew, without a workspace."""
    CLUSTER.fresh_database("bench_product", like=_ready())
