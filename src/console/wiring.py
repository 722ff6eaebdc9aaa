"""What the console hears of from the floors below."""

from typing import Any

from django.db.models import Model

from console.actions import alarms, entries, measuring
from console.models import Standing, UsageDay
from provisioning import anchoring
from shared.clock import now
from shared.workspace import workspace_id
from tenants import lifecycle
from tenants.models import Tenant, TenantEvent
from workspace.accounts import record
from workspace.accounts.models import User


def connect() -> None:
    """Called once, when the application starts."""
    lifecycle.listen(count_when_active)
    lifecycle.listen(forget_when_purged)
    record.listen(keep)
    anchoring.listen(alarms.record_is_broken)


def count_when_active(event: TenantEvent) -> None:
    """A workspace that resumes is counted at once, not at the next full round; a new one within a minute."""
    if event.destination == Tenant.State.ACTIVE and event.origin != Tenant.State.PROVISIONING:
        measuring.ask(event.tenant, at=now())


def forget_when_purged(event: TenantEvent) -> None:
    """The counts of a workspace go with its data; the platform's days keep their sums."""
    if event.destination == Tenant.State.PURGED:
        UsageDay.objects.filter(tenant=event.tenant).delete()
        Standing.objects.filter(tenant=event.tenant).delete()


def keep(verb: str, *, of: Model, by: User | None, details: dict[str, Any]) -> None:
    """What happens to the operators' own accounts goes into the operators' record; a workspace keeps its own."""
    if workspace_id() == "control":
        entries.record(verb, thing=f"{of._meta.label_lower}:{of.pk}", label=str(of), by=by, details=details)
