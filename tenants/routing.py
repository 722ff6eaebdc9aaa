"""Which database a model lives in: always the one. And which of its schemas get its table."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django_tenants.routers import TenantSyncRouter


class TenantRouter(TenantSyncRouter):
    """django-tenants' router, which says what each schema is given, and an answer to the questions it leaves open.

    Django asks which database to read at every query, several times over, and catches an AttributeError each time
    where a router does not say.
    """

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS
