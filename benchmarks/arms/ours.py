"""Ours: role, path and timeout with BEGIN."""

from benchmarks.arms.common import *
from benchmarks.arms.common import INSTALLED_APPS, MIDDLEWARE, database

DATABASES = database("tenants.postgresql", "bench_ours")
DATABASE_ROUTERS = ["tenants.routing.TenantRouter"]
SHARED_APPS = ["tenants"]
TENANT_APPS = ["benchmarks.notes"]
INSTALLED_APPS = ["tenants", "django.contrib.contenttypes", *INSTALLED_APPS]
TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
EXTENSIONS_SCHEMA = "extensions"
STATEMENT_TIMEOUT_MS = 15_000
HOST_CACHE = True
MAX_WAITING_JOBS = 20_000
LISTEN_DATABASE = None
TENANT_ROLES_LOGIN = False
MIDDLEWARE = ["tenants.middleware.HostMiddleware", *MIDDLEWARE]
BACKEND_SCHEMAS = 0
