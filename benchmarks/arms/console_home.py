"""Fill the control schema with workspaces and days of counts, then open the first page; prints milliseconds a line."""

import os
import sys
import time
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from console.models import PlatformDay, Stage, Standing, Step, UsageDay  # noqa: E402
from tenants import context  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from workspace.accounts.models import User  # noqa: E402

workspaces, days, rounds = map(int, sys.argv[1:])
at = timezone.now()
today = timezone.localdate(at)


def tenant(n: int) -> Tenant:
    opened = at - timedelta(days=n % 200)
    return Tenant(name=f"单位{n}", slug=f"home-{n}", kind="hospital", state="active", activated_at=opened)


call_command("migrate", verbosity=0)
Tenant.objects.all().delete()
PlatformDay.objects.all().delete()
tenants = Tenant.objects.bulk_create([tenant(n) for n in range(workspaces)], batch_size=1_000)
Standing.objects.bulk_create(
    [
        Standing(tenant=each, stage=list(Stage)[2 + n % 6], step=list(Step)[n % 5], members=n % 300, active_week=n % 9)
        for n, each in enumerate(tenants)
    ],
    batch_size=1_000,
)
PlatformDay.objects.bulk_create(
    PlatformDay(
        day=today - timedelta(days=back), workspaces=workspaces, weekly=workspaces // 3, members=1, stages={}, steps={}
    )
    for back in range(days)
)
# A copy of today's row for every other day, made by the database: a row built in Python costs a hundred times as much.
UsageDay.objects.bulk_create([UsageDay(tenant=each, day=today, measured_at=at) for each in tenants], batch_size=1_000)
columns = [
    connection.ops.quote_name(field.column) for field in UsageDay._meta.fields if field.name not in {"id", "day"}
]
with connection.cursor() as cursor:
    cursor.execute(
        f"INSERT INTO console_usageday (day, {', '.join(columns)}) SELECT day - back, {', '.join(columns)} "
        "FROM console_usageday, generate_series(1, %s) AS back",
        [days - 1],
    )
    cursor.execute("ANALYZE")
with context.control():
    client = Client()
    client.defaults["SERVER_NAME"] = "console.localhost"
    operator = User.objects.filter(username="bench").first() or User.objects.create_user("bench", name="测量")
    client.force_login(operator)
for number in range(rounds + 1):
    begun = time.perf_counter()
    answer = client.get("/")
    spent = (time.perf_counter() - begun) * 1000
    if answer.status_code != 200:
        sys.exit(f"the first page answered {answer.status_code}")
    if number:
        print(spent, flush=True)
