"""The product's own tables under stock django-tenants, which migrates each new schema."""

from benchmarks.cluster import CLUSTER as BENCH
from config.settings.dev import *

DATABASES["default"].update(BENCH.connection, NAME="bench_stock", ENGINE="django_tenants.postgresql_backend")
SHARED_APPS = ["django_tenants", "benchmarks.stock", *ACCOUNT_APPS]
INSTALLED_APPS = [
    *dict.fromkeys(
        ["django_tenants", *(name for name in TABLELESS_APPS if name != "config"), *SHARED_APPS, *TENANT_APPS]
    )
]
PG_EXTRA_SEARCH_PATHS = [EXTENSIONS_SCHEMA]
TENANT_MODEL = "stock.Client"
TENANT_DOMAIN_MODEL = "stock.Domain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
