"""The servers that are measured: embedded, apart from the demo's and the tests'."""

from config import env
from config.embedded import Cluster

CLUSTER = Cluster(env.VAR / "postgres-bench")
# Thousands of schemas take minutes to make: they are kept from run to run, and nothing about them must be durable.
MANY = Cluster(env.VAR / "postgres-many", durable=False)
