"""What the console hears of from the floors below."""

from console.actions import measuring
from shared.clock import now
from tenants import lifecycle
from tenants.models import Tenant, TenantEvent


def connect() -> None:
    """Called once, when the application starts."""
    lifecycle.listen(count_when_active)


def count_when_active(event: TenantEvent) -> None:
    """A workspace that begins or resumes is counted at once, not at the next full round."""
    if event.destination == Tenant.State.ACTIVE:
        measuring.ask(event.tenant, at=now())
