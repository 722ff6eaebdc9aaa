"""The servers that are measured: embedded, apart from the demo's and the tests'."""

from functools import cache

from benchmarks.arms.run import lines_of
from config import env
from config.embedded import Cluster

CLUSTER = Cluster(env.VAR / "postgres-bench")
# Thousands of schemas take minutes to make: they are kept from run to run, and nothing about them must be durable.
MANY = Cluster(env.VAR / "postgres-many", durable=False)


@cache
def _ready() -> str:
    """A database as `migrate` leaves it, its release rendered. Made once a run."""
    CLUSTER.fresh_database("bench_product")
    lines_of("ready")
    CLUSTER.rename_database("bench_product", "bench_ready")
    return "bench_ready"


def fresh_product() -> None:
    """The product's database anew, without a workspace."""
    CLUSTER.fresh_database("bench_product", like=_ready())
