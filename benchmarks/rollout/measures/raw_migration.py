"""The limit of a fleet migration: a column and an index in so many schemas, nothing else: `workspaces`.

One transaction each, under its role and path, over one plain connection; then taken back.
"""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything
import json
import random
import sys
import time

from django.db import connection
import psycopg

from benchmarks.rollout import shape
from tenants.models import Tenant
from tenants.names import safe_schema

FORTH = 'ALTER TABLE "inbox_message" ADD COLUMN "raw" integer NULL; CREATE INDEX "raw_probe" ON "inbox_message" ("raw")'
BACK = 'DROP INDEX IF EXISTS "raw_probe"; ALTER TABLE "inbox_message" DROP COLUMN IF EXISTS "raw"'

names = list(Tenant.objects.filter(stated_members=shape.MEMBERS).values_list("schema_name", flat=True))
chosen = random.Random(len(names)).sample(names, min(len(names), int(sys.argv[1])))
values = connection.get_connection_params()
raw = psycopg.connect(**{key: values[key] for key in ("dbname", "user", "host")}, autocommit=True)


def through(statements: str) -> float:
    begun = time.perf_counter()
    for name in chosen:
        schema = safe_schema(name)
        raw.execute(f"BEGIN; SET LOCAL ROLE {schema}; SET LOCAL search_path = {schema}; {statements}; COMMIT")
    return time.perf_counter() - begun


def wal() -> int:
    return int(raw.execute("SELECT pg_current_wal_lsn() - '0/0'").fetchone()[0])


before = wal()
seconds = through(FORTH)
written = (wal() - before) / len(chosen) / 1000
through(BACK)
print(json.dumps({"fleet_raw_a_second": round(len(chosen) / seconds, 1), "fleet_wal_kb": round(written, 1)}))
