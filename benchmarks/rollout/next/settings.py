"""The product one release on: one workspace app has one more migration, a column and an index."""

from benchmarks.rollout.settings import *

MIGRATION_MODULES = {"inbox": "benchmarks.rollout.next.migrations"}
