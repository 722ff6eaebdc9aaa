"""Run beside the product, over its database (`Running.python`): what is left of a workspace, and days that pass."""

import json
from datetime import timedelta
from pathlib import Path


def left(name: str) -> None:
    """Print what the database and the disk themselves say is there, as JSON."""
    from django.conf import settings
    from django.db import connection

    from provisioning.models import Closing

    row = Closing.objects.select_related("tenant").filter(tenant__name=name).latest("pk")
    schema, uuid = row.schema_name, str(row.tenant.uuid)
    asked = {
        "schema": ("SELECT count(*) FROM pg_namespace WHERE nspname = %s", schema),
        "role": ("SELECT count(*) FROM pg_roles WHERE rolname = %s", schema),
        "tables": ("SELECT count(*) FROM pg_tables WHERE schemaname = %s", schema),
        "jobs": (
            "SELECT count(*) FROM jobs.procrastinate_jobs WHERE status = 'todo' AND args ->> 'workspace' = %s",
            uuid,
        ),
    }
    found = {}
    with connection.cursor() as cursor:
        for what, (sql, value) in asked.items():
            cursor.execute(sql, [value])
            found[what] = cursor.fetchone()[0]
    folders = [Path(root) / uuid for root in (settings.MEDIA_ROOT, settings.ARCHIVES_ROOT)]
    found["files"] = sum(path.is_file() for folder in folders for path in folder.rglob("*"))
    found["key"] = int(bool(row.tenant.sealed_key))
    found["sealed"] = int((Path(settings.ARCHIVES_ROOT) / "closed" / (row.archive or "none")).exists())
    print(json.dumps(found))  # noqa: T201 - read by the test


def days_pass(name: str, days: int) -> None:
    """As if the closing had been asked for that many days earlier; then the look that the worker takes every ten
    minutes."""
    from django.db.models import F

    from provisioning.models import Closing
    from provisioning.tasks import close_due
    from tenants.models import Tenant

    row, span = Closing.objects.filter(tenant__name=name).latest("pk"), timedelta(days=days)
    times = ("created_at", "grace_until", "kept_until")
    Closing.objects.filter(pk=row.pk).update(**{field: F(field) - span for field in times})
    Tenant.objects.filter(pk=row.tenant_id, closes_at__isnull=False).update(closes_at=F("closes_at") - span)
    close_due()
