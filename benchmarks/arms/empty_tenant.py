"""What an empty workspace costs, and by how much the catalogue grows when n are opened; prints JSON."""

import json
import os
import sys
from dataclasses import asdict

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from provisioning import opening, scratch, template  # noqa: E402
from tenants import costs  # noqa: E402

CATALOGUE = (
    "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
    "WHERE nspname = 'pg_catalog' AND relkind = 'r' AND NOT relisshared"
)


def catalogue() -> int:
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUE)
        return int(cursor.fetchone()[0])


call_command("migrate", verbosity=0)
template.release()
with scratch.workspace() as tenant:
    found = costs.cost(tenant.schema_name)
numbers = range(int(sys.argv[1]))
before = catalogue()
for number in numbers:
    opening.run(
        opening.reserve(
            name=f"单位{number}",
            slug=f"lean-{number}",
            kind="state_enterprise",
            admin_name="管理员",
            admin_email=f"admin{number}@example.cn",
            by="bench",
        )
    )
growth = (catalogue() - before) // len(numbers)
print(
    json.dumps(
        {**asdict(found), "total": found.total, "rows": found.rows, "files": found.files, "catalogue_growth": growth}
    )
)
