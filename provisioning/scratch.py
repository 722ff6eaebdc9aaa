"""An empty workspace to look at: made of this code's release, seeded, and gone again when the block ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from provisioning import template
from shared.clock import today
from tenants import context, schemas
from tenants.models import Tenant
from workspace import seeding


@contextmanager
def workspace(kind: str = "state_enterprise") -> Iterator[Tenant]:
    """Schema, role, tables and seed in a transaction that is rolled back: nobody else ever sees any of it."""
    with transaction.atomic():
        # The colon is in no slug that a person could have chosen.
        tenant = Tenant.objects.create(name="空白单位", slug=":scratch", kind=kind, state=Tenant.State.PROVISIONING)
        schemas.create(tenant.schema_name)
        made = template.release()
        with context.inside(tenant):
            template.replay(made)
            seeding.furnish(kind, on=today())
            seeding.welcome(
                seeding.Start(name=tenant.name, kind=kind, admin_name="管理员", admin_email="nobody@scratch.invalid")
            )
        yield tenant
        transaction.set_rollback(True)
