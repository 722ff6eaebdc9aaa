"""Import one roster of n rows and 26 columns into b branches through the product; prints per round the seconds of the
dry run and of the import, and how often the bar moved."""

import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from benchmarks.rosters import roster  # noqa: E402
from provisioning import opening  # noqa: E402
from shared.clock import now, today  # noqa: E402
from tenants import context  # noqa: E402
from workspace.access.models import Grant, Role  # noqa: E402
from workspace.members.actions.imports import opening as reading  # noqa: E402
from workspace.members.actions.imports import rehearsing, running  # noqa: E402
from workspace.members.models import Batch, Member  # noqa: E402
from workspace.organization.models import Unit  # noqa: E402

ROWS, ROUNDS, BRANCHES = (int(word) for word in sys.argv[1:])


def measure(number: int) -> tuple[float, float, int]:
    row = opening.run(
        opening.reserve(
            name=f"导入{number}",
            slug=f"import-{number}",
            kind="hospital",
            admin_name="管理员",
            admin_email=f"import{number}@example.cn",
            by="bench",
        )
    )
    tenant = row.tenant
    names = [f"第{n}党支部" for n in range(1, BRANCHES + 1)]
    with context.inside(tenant):
        for name in names:
            Unit.objects.add_child(Unit.objects.get(depth=1), instance=Unit(name=name, type=Unit.Type.BRANCH))
    data = roster(ROWS, units=names, on=today())
    begun = time.perf_counter()
    with context.inside(tenant):
        admin = Grant.objects.get(role=Role.ADMIN).user
        batch = reading.open_batch(data, file_name="roster.xlsx", by=admin, as_of=today())
        fields = {int(column): field for column, field in batch.mapping.items()}
        reading.choose_columns(batch, fields, defaults={}, as_of=today(), on=today())
    more = True
    while more:
        with context.inside(tenant):
            more = rehearsing.judge_some(batch.pk, on=today())
    dry = time.perf_counter() - begun
    begun = time.perf_counter()
    with context.inside(tenant):
        running.start(batch, by=admin, at=now())
    more, steps = True, 0
    while more:
        steps += 1
        with context.inside(tenant):
            more = running.run_some(batch.pk, on=today(), at=now())
    took = time.perf_counter() - begun
    with context.inside(tenant):
        batch = Batch.objects.get(pk=batch.pk)
        found = Member.objects.count()
        assert found == ROWS, f"{found} of {ROWS} rows came in: {batch.counts}"
    return dry, took, steps


call_command("migrate", verbosity=0)
for round_number in range(ROUNDS):
    print(*measure(round_number), flush=True)
