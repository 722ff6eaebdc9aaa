"""Stock django-tenants: its middleware, its backend, a transaction a request."""

from benchmarks.arms.common import *
from benchmarks.arms.common import INSTALLED_APPS, MIDDLEWARE, database

DATABASES = database("django_tenants.postgresql_backend", "bench_stock", ATOMIC_REQUESTS=True)
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
SHARED_APPS = ["django_tenants", "benchmarks.stock"]
TENANT_APPS = ["benchmarks.notes"]
INSTALLED_APPS = [*SHARED_APPS, "django.contrib.contenttypes", *INSTALLED_APPS]
TENANT_MODEL = "stock.Client"
TENANT_DOMAIN_MODEL = "stock.Domain"
MIDDLEWARE = ["django_tenants.middleware.main.TenantMainMiddleware", *MIDDLEWARE]
