"""What operators do about the roll-out of a version (升级): begin, let it go further, pause, try again, move a ring."""

from django.db import transaction

from console.actions import entries
from provisioning.fleet import runs, slices
from provisioning.models import FleetRun
from tenants import lifecycle
from tenants.models import Tenant
from tenants.models.tenant import Ring
from workspace.accounts.models import User


@transaction.atomic
def begin(*, through: Ring, error_budget: float, by: User, reason: str) -> FleetRun:
    """Start it, or let it go on up to `through`; the worker does the rest. Raises NothingToDo, ReasonMissing."""
    if not reason.strip():
        raise lifecycle.ReasonMissing
    run = runs.begin(through=through, error_budget=error_budget, by=by.username, reason=reason.strip())
    slices.ask(run)
    _record("fleet.begun", run, by=by, reason=reason, through=Ring(through).name.lower())
    return run


@transaction.atomic
def pause(run: FleetRun, *, by: User, reason: str) -> None:
    """What is being done is finished, nothing new is taken. Raises NotRunning, ReasonMissing."""
    if not reason.strip():
        raise lifecycle.ReasonMissing
    runs.pause(run)
    _record("fleet.paused", run, by=by, reason=reason)


@transaction.atomic
def resume(run: FleetRun, *, by: User, reason: str) -> None:
    """Go on where it stands. Raises ReasonMissing."""
    if not reason.strip():
        raise lifecycle.ReasonMissing
    runs.resume(run)
    slices.ask(run)
    _record("fleet.resumed", run, by=by, reason=reason)


@transaction.atomic
def retry(run: FleetRun, *, by: User, tenant: Tenant | None = None) -> int:
    """Another turn for those that failed, or for one. Returns how many. Raises NothingFailed."""
    number = runs.retry(run, tenant=tenant)
    slices.ask(run)
    _record("fleet.retried", run, by=by, workspaces=number)
    return number


@transaction.atomic
def move_ring(tenant: Tenant, ring: Ring, *, by: User, reason: str) -> None:
    """Earlier or later than before. Raises ReasonMissing."""
    if not reason.strip():
        raise lifecycle.ReasonMissing
    former = Ring(tenant.ring)
    runs.move_ring(tenant, ring)
    entries.record(
        "workspace.ring_changed",
        thing=f"workspace:{tenant.uuid}",
        label=tenant.name,
        by=by,
        reason=reason,
        details={"from": former.name.lower(), "to": ring.name.lower()},
    )


def _record(verb: str, run: FleetRun, *, by: User, reason: str = "", **details: object) -> None:
    entries.record(verb, thing=f"release:{run.head[:12]}", label=run.head[:12], by=by, reason=reason, details=details)
