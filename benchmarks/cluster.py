"""The server that is measured: the embedded one, durable, apart from the demo's and the tests'."""

from config import env
from config.embedded import Cluster

CLUSTER = Cluster(env.VAR / "postgres-bench")
