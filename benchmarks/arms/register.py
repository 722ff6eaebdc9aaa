"""The register of a unit of g × b branches of m people, with their registrations and some later events.

Takes `g b m rounds`; prints a line per read and round: `read milliseconds queries`. The server's time, in the whole
stack of the product but for sockets; `as_of` is the query alone.
"""

import os
import sys
import time
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from provisioning import opening  # noqa: E402
from shared.clock import now, today  # noqa: E402
from tenants import context  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from tests.support import year  # noqa: E402
from workspace.access.models import Grant, Role  # noqa: E402
from workspace.members.actions.events import Happening, happen_many, register_many  # noqa: E402
from workspace.members.models import Event, Member  # noqa: E402
from workspace.members.queries.as_of import stood  # noqa: E402
from workspace.organization.models import Unit  # noqa: E402

GENERAL, BRANCHES, MEMBERS, ROUNDS = map(int, sys.argv[1:])
SLUG = "roster"
EVERY = 20  # one in so many was lost after the day that is asked about


def opened() -> Tenant:
    asked = {"name": "大单位", "slug": SLUG, "kind": "hospital", "admin_name": "管理员"}
    tenant = opening.run(opening.reserve(**asked, admin_email="roster@example.cn", by="bench")).tenant
    with context.inside(tenant):
        year.grow(Unit.objects.get(depth=1), general=GENERAL, branches=BRANCHES, members=MEMBERS)
        people = list(Member.objects.order_by("pk"))
        register_many(people, on=today(), by=None, at=now())
        lost = [Happening(each, Event.Kind.LOST_CONTACT, today()) for each in people[::EVERY] if each.is_present]
        happen_many(lost, by=None)
    with context.control(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return tenant


def measure(name: str, read: Callable[[], object]) -> None:
    read()  # fills caches and opens templates
    with CaptureQueriesContext(connection) as queries:
        read()
    count = sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in queries)
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        read()
        print(name, (time.perf_counter() - begun) * 1000, count, flush=True)


def page(client: Client, path: str) -> Callable[[], None]:
    def read() -> None:
        if (answer := client.get(path)).status_code != 200:
            sys.exit(f"{path} answered {answer.status_code}")

    return read


call_command("migrate", verbosity=0)
tenant = opened()
client = Client()
client.defaults["SERVER_NAME"] = f"{SLUG}.localhost"
with context.inside(tenant):
    client.force_login(Grant.objects.get(role=Role.ADMIN).user)
measure("roster", page(client, "/members/"))
measure("search", page(client, "/members/search/?q=wangxiao"))
yesterday = (today() - timedelta(days=1)).isoformat()
measure("statistics", page(client, f"/statistics/category/?on={yesterday}"))
measure("quality", page(client, "/quality/"))
measure("workbook", page(client, f"/statistics/statistics.xlsx?on={yesterday}"))
measure("people", page(client, f"/statistics/age/people/40/?on={yesterday}"))
with context.inside(tenant):
    measure("as_of", lambda: stood(Unit.objects.all(), on=today() - timedelta(days=1)))
