"""The product as a server runs it: connections from a pool."""

from benchmarks.arms.product import *
from benchmarks.arms.product import DATABASES

DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 4, "max_size": 6, "timeout": 30}
