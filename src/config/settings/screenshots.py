"""`make screenshots`: the demo beside a running `make run`, with a database, mails and notes of its own."""

from config import env
from config.embedded import Cluster
from config.settings.dev import *

VAR = env.VAR / "screenshots"
VAR.mkdir(exist_ok=True)
EMBEDDED = True
CLUSTER = Cluster(VAR / "postgres", durable=False)
DATABASES["default"].update({**CLUSTER.connection, "OPTIONS": {}})
MAILBOX = VAR / "mail"
MEDIA_ROOT = VAR / "media"
