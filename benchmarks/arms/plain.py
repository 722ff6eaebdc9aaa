"""Plain Django, one schema, a transaction a request: the same guarantee as ours without tenants."""

from benchmarks.arms.common import *
from benchmarks.arms.common import database

DATABASES = database("django.db.backends.postgresql", "bench_plain", ATOMIC_REQUESTS=True)
