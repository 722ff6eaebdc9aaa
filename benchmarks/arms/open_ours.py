"""Open n workspaces cold, and between them replay the same statements raw; prints `ours raw` seconds per line."""

import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

import psycopg  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from provisioning import opening, template  # noqa: E402
from tenants.names import new_schema_name  # noqa: E402

call_command("migrate", verbosity=0)
release = template.release()
statements = ";\n".join(text.rstrip().rstrip(";") for text in release.statements)
values = connection.get_connection_params()
raw = psycopg.connect(**{key: values[key] for key in ("dbname", "user", "host") if values.get(key)}, autocommit=True)


def replay() -> float:
    """The floor: role, schema and the statements in one transaction, nothing else."""
    name = new_schema_name()
    begun = time.perf_counter()
    raw.execute(
        f"BEGIN; CREATE ROLE {name} NOLOGIN; GRANT {name} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE; "
        f"CREATE SCHEMA {name} AUTHORIZATION {name}; SET LOCAL ROLE {name}; "
        f"SET LOCAL search_path = {name}, extensions; "
        f"{statements}; COMMIT"
    )
    return time.perf_counter() - begun


def ours(number: int) -> float:
    begun = time.perf_counter()
    opening.run(
        opening.reserve(
            name=f"单位{number}",
            slug=f"bench-{number}",
            kind="hospital",
            admin_name="管理员",
            admin_email=f"admin{number}@example.cn",
            by="bench",
        )
    )
    return time.perf_counter() - begun


for number in range(int(sys.argv[1])):
    print(ours(number), replay(), flush=True)
