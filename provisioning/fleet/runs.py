"""What people do with a run: begin it or let it go further, pause it, try again what failed. One run a version.

All of it is rows of the control schema, so that the console may do it; the work itself is a runner's.
"""

from django.db import transaction

from provisioning import template
from provisioning.fleet.planning import behind, is_anybody_behind
from provisioning.fleet.refusals import NoRun, NothingFailed, NothingToDo, NotRunning
from provisioning.models import FleetRun, FleetTurn
from tenants.models import Tenant
from tenants.models.tenant import Ring

State = FleetRun.State
Turn = FleetTurn.State
_OVER = (State.DONE, State.SUPERSEDED)


def current() -> FleetRun | None:
    """The run of this code's version, whatever its state."""
    return FleetRun.objects.filter(head=template.head()).first()


@transaction.atomic
def begin(*, through: Ring, error_budget: float, by: str, reason: str = "") -> FleetRun:
    """Start the run of this code's version, or let the one that stands go on, up to and with the ring `through`.

    `error_budget` is in percent of a ring. Raises NothingToDo.
    """
    if not is_anybody_behind():
        raise NothingToDo
    # Of two that begin at once, one makes the row and the other finds it.
    run, _created = FleetRun.objects.get_or_create(
        head=template.head(),
        defaults={"through": through, "error_budget": error_budget, "requested_by": by, "reason": reason},
    )
    _let_go_on(run, through=through, error_budget=error_budget)
    return run


@transaction.atomic
def resume(run: FleetRun) -> None:
    """Go on where it stands, after a pause, a stop or a kill; whoever fell behind since gets a turn too."""
    _let_go_on(run)


@transaction.atomic
def pause(run: FleetRun) -> None:
    """Take no further turn; those that are being done are finished. Raises NotRunning."""
    if not FleetRun.objects.filter(pk=run.pk, state=State.RUNNING).update(state=State.PAUSED):
        raise NotRunning
    run.refresh_from_db()


@transaction.atomic
def retry(run: FleetRun, *, tenant: Tenant | None = None) -> int:
    """Give those that failed, or one of them, another turn. Returns how many. Raises NothingFailed."""
    failed = FleetTurn.objects.filter(run=run, state=Turn.FAILED)
    if tenant is not None:
        failed = failed.filter(tenant=tenant)
    number = failed.update(state=Turn.WAITING, attempts=0, not_before=None, finished_at=None)
    if not number:
        raise NothingFailed
    _let_go_on(run)
    return number


@transaction.atomic
def move_ring(tenant: Tenant, ring: Ring) -> None:
    """Put a workspace into another ring; a turn that it still waits for moves along."""
    tenant.ring = ring
    tenant.save(update_fields=["ring"])
    FleetTurn.objects.filter(tenant=tenant, state=Turn.WAITING).update(ring=ring)


def required() -> FleetRun:
    """The run of this code's version. Raises NoRun."""
    run = current()
    if run is None:
        raise NoRun
    return run


def _let_go_on(run: FleetRun, **changes: object) -> None:
    for name, value in {**changes, "state": State.RUNNING, "finished_at": None}.items():
        setattr(run, name, value)
    run.save(update_fields=[*changes, "state", "finished_at"])
    FleetRun.objects.exclude(pk=run.pk).exclude(state__in=_OVER).update(state=State.SUPERSEDED)
    _enrol(run)


def _enrol(run: FleetRun) -> None:
    """Give everybody who is behind a turn, whatever the ring; those who fell behind again get theirs anew."""
    rows = behind().order_by("pk").values_list("pk", "ring")
    FleetTurn.objects.bulk_create(
        [FleetTurn(run=run, tenant_id=pk, ring=ring) for pk, ring in rows], ignore_conflicts=True
    )
    ended = FleetTurn.objects.filter(run=run, state__in=(Turn.DONE, Turn.SKIPPED), tenant__in=behind())
    ended.update(state=Turn.WAITING, attempts=0, not_before=None, finished_at=None, error="")
