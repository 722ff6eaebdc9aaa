"""Look into one workspace after another over one connection; the budget of a backend is the argument (0: none).

Reads lines `first last times` from standard input: touch these workspaces, each so many times. Answers with the
seconds that it took and the most memory of its own, in MB, that a backend of this process has held so far.
"""

import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.many"

import django
from django.conf import settings

settings.BACKEND_SCHEMAS = int(sys.argv[1])
django.setup()

from django.apps import apps  # noqa: E402
from django.db import connection  # noqa: E402

from tenants import context  # noqa: E402
from tenants.postgresql import budget  # noqa: E402

TABLES = 20
labels = {name.rpartition(".")[2] for name in settings.TENANT_APPS}
models = [model for model in apps.get_models() if model._meta.app_label in labels][:TABLES]
assert len(models) == TABLES
measuring_s = most = 0.0


def measure(pid: int) -> None:
    """Memory of its own: what the server would have back if this backend ended. Not what the kernel calls private: that
    counts the pages of `shared_buffers` which nobody else has looked at yet."""
    global measuring_s, most
    begun = time.perf_counter()
    with open(f"/proc/{pid}/smaps_rollup") as lines:
        held = sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024
    most = max(most, held)
    measuring_s += time.perf_counter() - begun


def retire(of: object) -> None:
    if of.schemas_spent:  # type: ignore[attr-defined]
        measure(of.info.backend_pid)  # type: ignore[attr-defined]
    before(of)


# A backend holds the most just before it ends.
before, budget.retire = budget.retire, retire


def touch(schema: str) -> None:
    """A request as far as the database sees it: one transaction, a query of each table."""
    with context.entered(context.of_schema(schema)):
        for model in models:
            list(model._default_manager.all()[:1])


with connection.cursor() as cursor:
    cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{16}$' ORDER BY nspname")
    schemas = [row[0] for row in cursor.fetchall()]
print(len(schemas), flush=True)
for line in sys.stdin:
    first, last, times = map(int, line.split())
    begun, measuring_s = time.perf_counter(), 0.0
    for schema in schemas[first:last]:
        for _ in range(times):
            touch(schema)
    spent = time.perf_counter() - begun - measuring_s
    if connection.connection is not None:
        measure(connection.connection.info.backend_pid)
    print(spent, most, flush=True)
