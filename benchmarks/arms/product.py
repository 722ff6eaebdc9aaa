"""The product itself, over the measured server."""

from benchmarks.cluster import CLUSTER as BENCH
from config.settings.dev import *

CLUSTER = BENCH
DATABASES["default"].update(BENCH.connection, NAME="bench_product")
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
