"""Suspend, resume, set to read-only: what an operator does to a workspace as a whole."""

from django.db import transaction

from console.actions import entries
from tenants import lifecycle
from tenants.models import Tenant, TenantEvent
from workspace.accounts.models import User

_VERBS = {
    Tenant.State.ACTIVE: "workspace.resumed",
    Tenant.State.READ_ONLY: "workspace.made_read_only",
    Tenant.State.SUSPENDED: "workspace.suspended",
}


@transaction.atomic
def move(tenant: Tenant, *, to: str, by: User, reason: str) -> TenantEvent:
    """Take one edge of the lifecycle. A reason is asked for every one, whatever the machinery would allow.

    Raises lifecycle.NoSuchEdge, lifecycle.ReasonMissing.
    """
    if not reason.strip():
        raise lifecycle.ReasonMissing
    event = lifecycle.move(tenant, to=to, by=by.username, reason=reason)
    entries.record(
        _VERBS[Tenant.State(to)],
        thing=f"workspace:{tenant.uuid}",
        label=tenant.name,
        by=by,
        reason=reason,
        details={"from": event.origin, "to": event.destination},
    )
    return event
