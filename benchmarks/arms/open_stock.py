"""Open n tenants as stock django-tenants does; prints the seconds of each."""

import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.stock_product"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from benchmarks.stock.models import Client  # noqa: E402
from tenants.names import new_schema_name  # noqa: E402

call_command("migrate_schemas", shared=True, verbosity=0)
for _ in range(int(sys.argv[1])):
    begun = time.perf_counter()
    Client(schema_name=new_schema_name()).save(verbosity=0)
    print(time.perf_counter() - begun, flush=True)
