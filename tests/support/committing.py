"""For tests on real connections: what they commit is taken away afterwards, and the cast's workspaces outlive them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

from provisioning import opening
from provisioning.models import Restoring
from tenants import schemas
from tenants.models import Tenant


@contextmanager
def committed() -> Iterator[None]:
    """Drops every workspace and every job that the block made. Use inside a `transactional_db` test."""
    before = set(Tenant.objects.values_list("pk", flat=True))
    with pytest.MonkeyPatch.context() as patch:
        # Django empties every table after a test that commits.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        try:
            yield
        finally:
            _take_away(before)


def _take_away(before: set[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET search_path = jobs; DELETE FROM procrastinate_jobs; SET search_path = public")
    for row in Restoring.objects.all():
        for schema in {row.schema_name, row.former_schema} - {"", row.tenant.schema_name, row.source.schema_name}:
            schemas.drop(schema)
    for tenant in Tenant.objects.exclude(pk__in=before):
        schemas.drop(tenant.schema_name)
        tenant.delete()


def opened(slug: str) -> Tenant:
    """A new workspace."""
    asked = {"name": f"{slug}单位", "kind": "state_enterprise", "admin_name": "管理员"}
    return opening.run(opening.reserve(slug=slug, admin_email=f"owner@{slug}.example", by="tests", **asked)).tenant
