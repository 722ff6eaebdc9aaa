"""Give a workspace another address."""

from datetime import datetime

from django.db import transaction

from console.actions import entries
from tenants import addresses, lifecycle
from tenants.models import Tenant
from workspace.accounts.models import User


@transaction.atomic
def change(tenant: Tenant, *, to: str, by: User, reason: str, at: datetime) -> None:
    """Raises lifecycle.ReasonMissing, addresses.SameAddress, addresses.AddressTaken."""
    if not reason.strip():
        raise lifecycle.ReasonMissing
    former = tenant.slug
    addresses.change(tenant, to=to, by=by.username, reason=reason, at=at)
    entries.record(
        "workspace.readdressed",
        thing=f"workspace:{tenant.uuid}",
        label=tenant.name,
        by=by,
        reason=reason,
        details={"from": former, "to": to},
    )
