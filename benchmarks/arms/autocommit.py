"""Plain Django as it comes: no transaction around a request."""

from benchmarks.arms.common import *
from benchmarks.arms.common import database

DATABASES = database("django.db.backends.postgresql", "bench_plain")
