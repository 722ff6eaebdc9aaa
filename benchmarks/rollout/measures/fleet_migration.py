"""`manage.py fleet migrate` through so many workspaces, to a release with one column and one index more: `workspaces`.

They are put into the first ring, the others into the last. Afterwards all of it is taken back, so that the next size
finds its workspaces on today's release.
"""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.rollout.next.settings"

import django

django.setup()

import io  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

from django.core.management import call_command, get_commands  # noqa: E402

from benchmarks.rollout import shape  # noqa: E402
from benchmarks.rollout.server import superuser  # noqa: E402
from provisioning import template  # noqa: E402
from provisioning.models import FleetRun  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from tenants.models.tenant import Ring  # noqa: E402

BACK = (
    'DROP INDEX {0}."inbox_probe"; ALTER TABLE {0}."inbox_message" DROP COLUMN "probe"; '
    "DELETE FROM {0}.django_migrations WHERE app = 'inbox' AND name = '9999_probe'"
)


def main() -> None:
    if "fleet" not in get_commands():
        print(json.dumps({"skipped": "no command `fleet` in this code"}))
        return
    ours = Tenant.objects.filter(stated_members=shape.MEMBERS)
    today = ours.values_list("migration_head", flat=True).first()
    ours.update(ring=Ring.ALL)
    chosen = list(ours.order_by("?").values_list("pk", flat=True)[: int(sys.argv[1])])
    Tenant.objects.filter(pk__in=chosen).update(ring=Ring.OWN)
    template.release()  # rendered once a release, before any workspace's turn
    begun = time.perf_counter()
    try:
        call_command("fleet", "migrate", "--ring", "own", "--json", stdout=io.StringIO(), stderr=io.StringIO())
        seconds = time.perf_counter() - begun
        done = Tenant.objects.filter(pk__in=chosen, migration_head=template.head()).count()
        if done != len(chosen):
            raise SystemExit(f"{done} of {len(chosen)} workspaces were migrated")
    finally:
        _take_back(today)
    print(json.dumps({"fleet_a_second": round(len(chosen) / seconds, 1)}))


def _take_back(today: str) -> None:
    moved = Tenant.objects.filter(migration_head=template.head())
    with superuser() as server:
        for name in moved.values_list("schema_name", flat=True):
            server.execute("BEGIN; " + BACK.format(name) + "; COMMIT")
    moved.update(migration_head=today)
    # A run that remembers a turn as done does not take it again: the next size may choose the same workspace.
    FleetRun.objects.all().delete()


main()
