"""Isolation over real connections: a walk and a web server, each over a database of its own in the suite's cluster."""

from config import env
from config.settings.test import *

DATABASES["default"]["NAME"] = env.text("ISOLATION_DATABASE")
# As on a server: connections are asked whether they live, and perhaps taken from a pool.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if size := env.integer("DATABASE_POOL", 0):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": size, "timeout": 10}
# A web server for tests may know a few pages more than the product does.
URLCONF_WORKSPACE = env.text("URLCONF_WORKSPACE", URLCONF_WORKSPACE)
