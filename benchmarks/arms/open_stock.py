"""Open n tenants as stock django-tenants does; prints the seconds of each."""

import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.stock_product"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.stock.models import Client  # noqa: E402
from tenants import keeping  # noqa: E402
from tenants.names import new_schema_name  # noqa: E402

# The product's migrations hand the record to its keeper; in a stock schema it stays with who migrates.
with connection.cursor() as cursor:
    cursor.execute(
        f"CREATE SCHEMA {settings.EXTENSIONS_SCHEMA};"
        f"CREATE FUNCTION {settings.EXTENSIONS_SCHEMA}.keep(kept text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
        "EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', kept, kept || '_before'); END $$;"
        f"GRANT CREATE ON SCHEMA {settings.EXTENSIONS_SCHEMA} TO {keeping.role()};"
        f"ALTER FUNCTION {settings.EXTENSIONS_SCHEMA}.keep(text) OWNER TO {keeping.role()}"
    )
call_command("migrate_schemas", shared=True, verbosity=0)
for _ in range(int(sys.argv[1])):
    begun = time.perf_counter()
    Client(schema_name=new_schema_name()).save(verbosity=0)
    print(time.perf_counter() - begun, flush=True)
