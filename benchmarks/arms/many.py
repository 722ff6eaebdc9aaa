"""The product over a server with thousands of workspaces."""

from benchmarks.arms.product import *
from benchmarks.cluster import MANY

CLUSTER = MANY
DATABASES["default"].update(MANY.connection, NAME="bench_many", CONN_MAX_AGE=None)
