"""Open the overview and the six dashboards of a unit of g × b branches of m people with a year of organisation life.

Takes `g b m rounds`; prints a line per page and round: `page milliseconds queries`. The server's time, in the whole
stack of the product but for sockets.
"""

import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from provisioning import opening  # noqa: E402
from shared.clock import today  # noqa: E402
from tenants import context  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from tests.support import year  # noqa: E402
from workspace.access.models import Grant, Role  # noqa: E402
from workspace.indicators.dashboards import KINDS  # noqa: E402
from workspace.organization.models import Unit  # noqa: E402

GENERAL, BRANCHES, MEMBERS, ROUNDS = map(int, sys.argv[1:])
SLUG = "dashboards"


def opened() -> Tenant:
    """The workspace with its year. What is there from a run before is used again."""
    found = Tenant.objects.filter(slug=SLUG).first()
    if found is not None:
        return found
    asked = {"name": "大单位", "slug": SLUG, "kind": "hospital", "admin_name": "管理员"}
    tenant = opening.run(opening.reserve(**asked, admin_email="dashboards@example.cn", by="bench")).tenant
    with context.inside(tenant):
        branches = year.grow(Unit.objects.get(depth=1), general=GENERAL, branches=BRANCHES, members=MEMBERS)
        year.live(Unit.objects.get(depth=1), branches, on=today())
    with context.control(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return tenant


def open_page(client: Client, path: str) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    answer = client.get(path)
    spent = (time.perf_counter() - begun) * 1000
    if answer.status_code != 200:
        sys.exit(f"{path} answered {answer.status_code}")
    return spent


call_command("migrate", verbosity=0)
tenant = opened()
client = Client()
client.defaults["SERVER_NAME"] = f"{SLUG}.localhost"
with context.inside(tenant):
    client.force_login(Grant.objects.get(role=Role.ADMIN).user)
for page in ("overview", *KINDS):
    path = "/dashboards/" if page == "overview" else f"/dashboards/{page}/"
    open_page(client, path)  # fills caches and opens templates
    with CaptureQueriesContext(connection) as queries:
        open_page(client, path)
    count = sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in queries)
    for _round in range(ROUNDS):
        print(page, open_page(client, path), count, flush=True)
