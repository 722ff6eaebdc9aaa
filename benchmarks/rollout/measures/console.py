"""The console's first page over every workspace with days of counts: `days rounds`. What is missing is filled in."""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything
import json
import sys
import time
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.rollout.measures import spread
from console.models import PlatformDay, Stage, Standing, Step, UsageDay
from tenants import context
from tenants.models import Tenant
from workspace.accounts.models import User

DAYS, ROUNDS = int(sys.argv[1]), int(sys.argv[2])
at = timezone.now()
today = timezone.localdate(at)


def fill() -> None:
    """As the hourly round would have: a standing each, a row a day each, and the platform's days."""
    tenants = list(Tenant.objects.active().filter(usage_days=None))
    standings = [
        Standing(tenant=each, stage=list(Stage)[2 + n % 6], step=list(Step)[n % 5], members=470, active_week=n % 9)
        for n, each in enumerate(tenants)
    ]
    fields = ["stage", "step", "members", "active_week"]
    Standing.objects.bulk_create(
        standings, update_conflicts=True, unique_fields=["tenant"], update_fields=fields, batch_size=1_000
    )
    UsageDay.objects.bulk_create([UsageDay(tenant=each, day=today, measured_at=at) for each in tenants], 1_000)
    names = [field.column for field in UsageDay._meta.fields if field.name not in {"id", "day"}]
    columns = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO console_usageday (day, {columns}) SELECT %s - back, {columns} "
            "FROM console_usageday, generate_series(1, %s) AS back WHERE day = %s AND tenant_id = ANY(%s)",
            [today, DAYS - 1, today, [each.pk for each in tenants]],
        )
        cursor.execute("ANALYZE console_usageday, console_standing, tenants_tenant")
    counts = {"workspaces": Tenant.objects.count(), "weekly": 1, "members": 1, "stages": {}, "steps": {}}
    days = [PlatformDay(day=today - timedelta(days=back), **counts) for back in range(DAYS)]
    PlatformDay.objects.bulk_create(days, ignore_conflicts=True)


fill()
with context.control():
    client = Client()
    client.defaults["SERVER_NAME"] = "console.localhost"
    operator = User.objects.filter(username="bench").first() or User.objects.create_user("bench", name="测量")
    client.force_login(operator)
spent: list[float] = []
for number in range(ROUNDS + 1):
    begun = time.perf_counter()
    answer = client.get("/")
    if answer.status_code != 200:
        sys.exit(f"the first page answered {answer.status_code}")
    if number:
        spent.append(time.perf_counter() - begun)
print(json.dumps(spread("console_home", spent)))
