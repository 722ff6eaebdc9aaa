"""A signed-in page of a workspace, over many workspaces drawn by lot and again and again on one: `draws rounds`.

One web process's thread with one connection, as it would be after it has served other workspaces. The two kinds of
request take turns. The server's time in the whole stack but for sockets; memory of the backend and of this process.
"""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything
import json
import random
import sys
import time
from pathlib import Path

from django.db import connection
from django.test import Client

from benchmarks.rollout import shape
from benchmarks.rollout.measures import spread
from tenants import context
from tenants.models import Tenant
from workspace.access.models import Grant, Role

PAGE = "/"
DRAWS, ROUNDS = int(sys.argv[1]), int(sys.argv[2])


def signed_in(tenant: Tenant) -> Client:
    client = Client()
    client.defaults["SERVER_NAME"] = f"{tenant.slug}.localhost"
    with context.inside(tenant):
        client.force_login(Grant.objects.filter(role=Role.ADMIN).select_related("user").first().user)
    return client


def get(client: Client) -> float:
    begun = time.perf_counter()
    answer = client.get(PAGE)
    spent = time.perf_counter() - begun
    if answer.status_code != 200:
        sys.exit(f"{client.defaults['SERVER_NAME']}{PAGE} answered {answer.status_code}")
    return spent


def own_mb(pid: int | str) -> float | None:
    """Memory of a process's own, in MB; None where we may not look. Pages of `shared_buffers` that nobody else has
    looked at are private to the kernel, and not its own."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    kilobytes = (int(line.split()[1]) for line in text.splitlines() if line.startswith("Anonymous:"))
    return round(sum(kilobytes) / 1024, 1)


tenants = list(Tenant.objects.filter(stated_members=shape.MEMBERS, slug__startswith="unit-").order_by("pk"))
random.Random(len(tenants)).shuffle(tenants)
drawn = [signed_in(tenant) for tenant in tenants[: DRAWS + 1]]
one, others = drawn[0], drawn[1:]
get(one)  # templates, catalogues of words, URL resolvers
connection.close()  # the measured backend has seen no workspace yet
get(one)
before = own_mb(connection.connection.info.backend_pid)
first: list[float] = []
again: list[float] = []
alone: list[float] = []
share = max(1, len(others) // ROUNDS)
for start in range(0, len(others), share):
    some = others[start : start + share]
    first += [get(client) for client in some]
    alone += [get(one) for _ in some]
    again += [get(client) for client in some]
after = own_mb(connection.connection.info.backend_pid)
found = {**spread("request_first", first), **spread("request_again", again), **spread("request_one", alone)}
if before is not None and after is not None:
    found |= {"backend_mb": after, "backend_kb_a_workspace": round((after - before) * 1024 / len(others), 1)}
print(json.dumps({**found, "web_mb": own_mb("self")}))
