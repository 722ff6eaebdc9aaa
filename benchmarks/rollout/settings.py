"""The product itself over the roll-out's server."""

from benchmarks.rollout.server import CLUSTER as ROLLOUT
from benchmarks.rollout.server import DATABASE
from config.settings.dev import *

CLUSTER = ROLLOUT
DATABASES["default"].update(ROLLOUT.connection, NAME=DATABASE, CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=False)
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
