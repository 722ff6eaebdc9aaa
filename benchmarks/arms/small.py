"""The product with one small table as its whole workspace, so that a thousand schemas are made in seconds."""

from benchmarks.arms.product import *

TENANT_APPS = ["benchmarks.notes"]
INSTALLED_APPS = [*INSTALLED_APPS, *TENANT_APPS]
DATABASES["default"]["NAME"] = "bench_fleet"
