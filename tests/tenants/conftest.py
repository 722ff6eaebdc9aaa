"""Workspaces that are really committed, for tests with more than one connection or process."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from provisioning import opening
from tenants import context, schemas
from tenants.models import Tenant
from workspace.organization.models import Unit


@pytest.fixture(scope="package", autouse=True)
def _nothing_is_truncated() -> Iterator[None]:
    """Django empties every table after a test that commits; the cast's workspaces must outlive it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield


@pytest.fixture
def opened(transactional_db: None) -> Iterator[Callable[[str], Tenant]]:
    """`opened("slug")` opens a workspace whose root unit is called after it. All are taken away after the test."""
    before = set(Tenant.objects.values_list("pk", flat=True))

    def open_one(slug: str) -> Tenant:
        row = opening.run(
            opening.reserve(
                name=f"{slug}单位", slug=slug, kind="hospital", admin_name="周", admin_email="z@x.example", by="tests"
            )
        )
        with context.inside(row.tenant):
            Unit.objects.filter(depth=1).update(name=f"{slug}党委")
        return row.tenant

    try:
        yield open_one
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET search_path = jobs; DELETE FROM procrastinate_jobs; SET search_path = public")
        for tenant in Tenant.objects.exclude(pk__in=before):
            schemas.drop(tenant.schema_name)
            tenant.delete()
