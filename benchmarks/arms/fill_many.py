"""Make schemas of the newest release until there are n or s seconds have passed; prints how many there are.

`n s`; what an earlier run made is kept. Exits with 3 when it is of another release.
"""

import os
import sys
import threading
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.many"

import django

django.setup()

import psycopg  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from provisioning import template  # noqa: E402
from provisioning.models import Release  # noqa: E402
from tenants.names import new_schema_name  # noqa: E402

BATCH, WORKERS = 5, 2
WANTED, SECONDS = int(sys.argv[1]), float(sys.argv[2])


def there() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{16}$'")
        return int(cursor.fetchone()[0])


def one(statements: str) -> str:
    name = new_schema_name()
    return (
        f"CREATE ROLE {name} NOLOGIN; GRANT {name} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE; "
        f"CREATE SCHEMA {name} AUTHORIZATION {name}; SET LOCAL ROLE {name}; "
        f"SET LOCAL search_path = {name}, extensions; {statements}; SET LOCAL ROLE NONE; "
    )


def make(number: int, statements: str, until: float) -> None:
    values = connection.get_connection_params()
    raw = psycopg.connect(**{key: values[key] for key in ("dbname", "user", "host")}, autocommit=True)
    while number > 0 and time.monotonic() < until:
        batch = min(BATCH, number)
        raw.execute("BEGIN; " + "".join(one(statements) for _ in range(batch)) + "COMMIT")
        number -= batch
    raw.close()


until = time.monotonic() + SECONDS
call_command("migrate", verbosity=0)
if there() and not Release.objects.filter(head=template.head()).exists():
    sys.exit(3)
release = template.release()
statements = ";\n".join(text.rstrip().rstrip(";") for text in release.statements)
missing = WANTED - there()
threads = [threading.Thread(target=make, args=(-(-missing // WORKERS), statements, until)) for _ in range(WORKERS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
with connection.cursor() as cursor:
    # Otherwise its autovacuum would do it in the middle of a measurement.
    cursor.execute("VACUUM ANALYZE")
print(there())
