"""Have a workspace counted now."""

from datetime import datetime

from django.db import transaction

from console.actions import entries, measuring
from tenants.models import Tenant
from workspace.accounts.models import User


@transaction.atomic
def refresh(tenant: Tenant, *, by: User, at: datetime) -> None:
    """Ask the worker to count. Raises measuring.NotServing."""
    measuring.ask(tenant, at=at)
    entries.record("workspace.counted", thing=f"workspace:{tenant.uuid}", label=tenant.name, by=by)
