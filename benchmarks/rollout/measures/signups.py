"""Sign-up to usable workspace: `cold|warm|burst first count`. The workspaces are filled afterwards and stay."""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from benchmarks.rollout import opening, shape
from benchmarks.rollout.copying import Copier
from benchmarks.rollout.measures import spread
from benchmarks.rollout.server import superuser
from tenants.models import Tenant

AT_ONCE = 20
HOW, FIRST, COUNT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
NUMBERS = range(FIRST, FIRST + COUNT)


def cold() -> list[float]:
    """Role, schema, tables, seed and all, one after another."""
    if opening.has_pool():
        from provisioning import pool

        pool.take = lambda: None  # as if it were empty
    return [_timed(opening.cold, number) for number in NUMBERS]


def warm() -> list[float]:
    opening.fill_pool(COUNT)
    return [_timed(opening.warm, number) for number in NUMBERS]


def burst() -> list[float]:
    """Twenty at the same moment, each on a connection of its own, from the signal to the commit."""
    found: list[float] = []
    for start in range(FIRST, FIRST + COUNT, AT_ONCE):
        some = range(start, min(start + AT_ONCE, FIRST + COUNT))
        opening.fill_pool(len(some))
        together = threading.Barrier(len(some))

        def one(number: int, together: threading.Barrier = together) -> float:
            connection.ensure_connection()
            together.wait()
            try:
                return _timed(opening.warm, number)
            finally:
                connection.close()

        with ThreadPoolExecutor(len(some)) as threads:
            found += threads.map(one, some)
    return found


def _timed(work, number: int) -> float:
    begun = time.perf_counter()
    if work(number) is None:
        raise SystemExit("the pool was empty")
    return time.perf_counter() - begun


seconds = {"cold": cold, "warm": warm, "burst": burst}[HOW]()
with superuser() as server:
    copier = Copier(server, Tenant.objects.get(slug=opening.slug(1)).schema_name)
    for number in NUMBERS:
        tenant = Tenant.objects.get(slug=opening.slug(number))
        copier.fill(tenant.schema_name)
        Tenant.objects.filter(pk=tenant.pk).update(stated_members=shape.MEMBERS)
print(json.dumps(spread(f"signup_{HOW}", seconds)))
