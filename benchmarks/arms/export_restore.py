"""Export a workspace of g × b branches of m people with a year of organisation life, and restore it, n times.

Takes `g b m rounds`; prints `rows megabytes` once, then `export restore closed` seconds for each round.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from provisioning import fallbacks, opening, restoring  # noqa: E402
from shared.clock import now, today  # noqa: E402
from tenants import context  # noqa: E402
from tenants.models import Tenant, TenantEvent  # noqa: E402
from tests.support import year  # noqa: E402
from workspace import portability  # noqa: E402
from workspace.organization.models import Unit  # noqa: E402

GENERAL, BRANCHES, MEMBERS, ROUNDS = map(int, sys.argv[1:])
SLUG = "export-restore"


def opened() -> Tenant:
    """The workspace with its year. What is there from a run before is used again."""
    found = Tenant.objects.filter(slug=SLUG).first()
    if found is not None:
        return found
    asked = {"name": "大单位", "slug": SLUG, "kind": "hospital", "admin_name": "管理员"}
    tenant = opening.run(opening.reserve(**asked, admin_email="export@example.cn", by="bench")).tenant
    with context.inside(tenant):
        branches = year.grow(Unit.objects.get(depth=1), general=GENERAL, branches=BRANCHES, members=MEMBERS)
        year.live(Unit.objects.get(depth=1), branches, on=today())
    return tenant


def digests(tenant: Tenant) -> dict[str, str]:
    """Of every table but the record, which tells of each restore."""
    with context.inside(tenant, timeout_ms=0, snapshot=True):
        entries = portability.digest().entries
    return {name: entry.sha256 for name, entry in entries.items() if name != "data/audit_entry.jsonl"}


def closed(tenant: Tenant) -> float:
    """Seconds between the last two events: closed to people, open again."""
    after, before = TenantEvent.objects.filter(tenant=tenant).order_by("-pk")[:2]
    return (after.at - before.at).total_seconds()


call_command("migrate", verbosity=0)
tenant = opened()
archive = Path(tempfile.mkdtemp()) / "archive.zip"
with context.inside(tenant, timeout_ms=0, snapshot=True):
    said = portability.export(archive, at=now())
print(said.rows, archive.stat().st_size / 1e6, flush=True)
for _round in range(ROUNDS):
    before = digests(tenant)
    begun = time.perf_counter()
    with context.inside(tenant, timeout_ms=0, snapshot=True):
        portability.export(archive, at=now())
    exported = time.perf_counter()
    restoring.run(restoring.ask(tenant, archive, by="bench", reason="measured"))
    restored = time.perf_counter()
    tenant = Tenant.objects.get(pk=tenant.pk)
    if digests(tenant) != before:
        sys.exit("the restored content is not the exported one")
    print(exported - begun, restored - exported, closed(tenant), flush=True)
    fallbacks.drop_all(tenant, at=now())
archive.unlink()
