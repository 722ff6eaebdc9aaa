"""Sign-up to usable workspace: `cold|warm|burst first count`. The workspaces are filled afterwards and stay.

Beside each cold one its floor: role, schema and the same statements in one transaction and nothing else, so that what
others do on this machine falls on both.
"""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from benchmarks.rollout import opening, shape
from benchmarks.rollout.copying import Copier
from benchmarks.rollout.measures import spread
from benchmarks.rollout.server import superuser
from provisioning import template
from tenants.models import Tenant
from tenants.names import new_schema_name

AT_ONCE = 20
HOW, FIRST, COUNT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
NUMBERS = range(FIRST, FIRST + COUNT)


def cold() -> list[float]:
    """Role, schema, tables, seed and all, one after another."""
    if opening.has_pool():
        from provisioning import pool

        pool.take = lambda: None  # as if it were empty
    found, statements = [], ";\n".join(text.rstrip().rstrip(";") for text in template.release().statements)
    with superuser() as server:
        for number in NUMBERS:
            found.append(_timed(opening.cold, number))
            floor.append(_replay(server, statements))
    return found


def _replay(server: Any, statements: str) -> float:
    """Seconds of the bare replay; what it made goes again, untimed."""
    name = new_schema_name()
    begun = time.perf_counter()
    server.execute(
        f"BEGIN; CREATE ROLE {name} NOLOGIN; CREATE SCHEMA {name} AUTHORIZATION {name}; SET LOCAL ROLE {name}; "
        f"SET LOCAL search_path = {name}, extensions; {statements}; COMMIT"
    )
    spent = time.perf_counter() - begun
    server.execute(f"DROP SCHEMA {name} CASCADE")
    server.execute(f"DROP ROLE {name}")
    return spent


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


floor: list[float] = []
seconds = {"cold": cold, "warm": warm, "burst": burst}[HOW]()
with superuser() as server:
    copier = Copier(server, Tenant.objects.get(slug=opening.slug(1)).schema_name)
    for number in NUMBERS:
        tenant = Tenant.objects.get(slug=opening.slug(number))
        copier.fill(tenant.schema_name)
        Tenant.objects.filter(pk=tenant.pk).update(stated_members=shape.MEMBERS)
print(json.dumps({**spread(f"signup_{HOW}", seconds), **(spread("signup_floor", floor) if floor else {})}))
