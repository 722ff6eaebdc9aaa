"""For tests that commit: what they leave is taken away, and nothing else is."""

from collections.abc import Iterator

import pytest
from django.db import connection

from provisioning.models import SeedImage, Signup, SignupEvent, Spare
from tenants import schemas
from tenants.models import Tenant, Tombstone


def _forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET search_path = jobs; DELETE FROM procrastinate_jobs; SET search_path = public")


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Takes away what the test committed."""
    before = set(Tenant.objects.values_list("pk", flat=True))
    _forget_jobs()
    try:
        yield
    finally:
        _forget_jobs()
        for tenant in Tenant.objects.exclude(pk__in=before):
            schemas.drop(tenant.schema_name)
            tenant.delete()
        for spare in Spare.objects.all():
            schemas.drop(spare.schema_name)
            spare.delete()
        for model in (SeedImage, SignupEvent, Signup, Tombstone):
            model.objects.all().delete()
