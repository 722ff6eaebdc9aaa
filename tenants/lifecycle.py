"""What may become of a tenant: the legal edges, each taken with an actor and a reason and kept as a row."""

from collections.abc import Callable, Collection
from functools import partial
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from tenants import hosts
from tenants.models import Tenant, TenantEvent

State = Tenant.State

EDGES: dict[str, frozenset[str]] = {
    State.REQUESTED: frozenset({State.VERIFIED, State.FAILED}),
    State.VERIFIED: frozenset({State.PROVISIONING, State.FAILED}),
    State.PROVISIONING: frozenset({State.ACTIVE, State.FAILED}),
    State.FAILED: frozenset({State.PROVISIONING, State.PURGED}),
    State.ACTIVE: frozenset({State.READ_ONLY, State.SUSPENDED, State.CLOSING, State.RESTORING}),
    State.READ_ONLY: frozenset({State.ACTIVE, State.SUSPENDED, State.CLOSING, State.RESTORING}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.CLOSING}),
    # A closing that is taken back leads to where it began.
    State.CLOSING: frozenset({State.ACTIVE, State.READ_ONLY, State.SUSPENDED, State.ARCHIVED}),
    State.ARCHIVED: frozenset({State.PURGED, State.RESTORING}),
    State.RESTORING: frozenset({State.ACTIVE, State.READ_ONLY, State.ARCHIVED, State.FAILED}),
    State.PURGED: frozenset(),
}


Listener = Callable[[TenantEvent], object]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """`listener(event)` is called for every edge from now on, within the transaction that takes it."""
    if listener not in _listeners:
        _listeners.append(listener)


class NoSuchEdge(Refusal):
    message = _("「{origin}」的工作空间不能转为「{destination}」。请刷新页面，看它现在的状态和可以做的操作。")


class ReasonMissing(Refusal):
    message = _("请写明原因，它会写进状态记录。")
    status = 400


# What a person decides needs a reason; what the machinery does explains itself.
NEED_REASON = frozenset({State.READ_ONLY, State.SUSPENDED, State.CLOSING, State.ARCHIVED, State.PURGED})


_ARRIVAL = (State.REQUESTED, State.VERIFIED, State.PROVISIONING, State.ACTIVE)


def arrival(tenant: Tenant, *, by: str) -> list[TenantEvent]:
    """The edges from requested to the state that a row is made in, not yet written down."""
    path = _ARRIVAL[: _ARRIVAL.index(State(tenant.state)) + 1]
    return [
        TenantEvent(tenant=tenant, origin=origin, destination=destination, actor=by)
        for origin, destination in pairwise(path)
    ]


def begin(tenant: Tenant, *, by: str) -> None:
    """Write down the edges from requested to the state that a row was just made in."""
    begun(TenantEvent.objects.bulk_create(arrival(tenant, by=by))[-1])


def begun(event: TenantEvent) -> None:
    """Tell whoever listens of the last edge of an arrival, once it is written down."""
    for listener in _listeners:
        listener(event)


@transaction.atomic
def move(tenant: Tenant, *, to: str, by: str, reason: str = "", also: Collection[str] = ()) -> TenantEvent:
    """Take one edge. The row is locked, so of two at once the second sees what the first did. `also` names fields of
    the tenant in hand that are written with it.

    Raises NoSuchEdge where the lifecycle has none, ReasonMissing where a person must say why.
    """
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    origin = locked.state
    if to not in EDGES[origin]:
        raise NoSuchEdge(origin=State(origin).label, destination=State(to).label)
    if (to in NEED_REASON or (origin == State.SUSPENDED and to == State.ACTIVE)) and not reason.strip():
        raise ReasonMissing
    tenant.state = locked.state = to
    for field in also:
        setattr(locked, field, getattr(tenant, field))
    locked.save(update_fields=["state", *also])
    event = TenantEvent.objects.create(tenant=locked, origin=origin, destination=to, actor=by, reason=reason.strip())
    for listener in _listeners:
        listener(event)
    # The others hear it from the database; here the next look must not come before that.
    transaction.on_commit(partial(hosts.forget, tenant=locked.pk))
    return event
