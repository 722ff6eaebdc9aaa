"""What a restoring leaves behind: the former schema to go back to, and the half-built one of a restoring given up."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from provisioning import files, restoring, saga
from provisioning.models import Restoring
from shared.clock import now
from shared.refusals import Refusal
from tenants import lifecycle, schemas
from tenants.models import Tenant

State = Tenant.State
Kind = Restoring.Kind


class NoFallback(Refusal):
    message = _("「{name}」没有可以退回的内容：没有恢复过，或保留的 14 天已过。需要的话，请从存档恢复。")


class TooLateToAbandon(Refusal):
    message = _("新内容已经换上，不能放弃；请继续完成，之后可以退回。")


def of_tenant(tenant: Tenant) -> "QuerySet[Restoring]":
    """The restorings whose former schema is still there, newest first."""
    rows = Restoring.objects.filter(tenant=tenant, finished_at__isnull=False, fallback_dropped_at__isnull=True)
    return rows.exclude(former_schema="").order_by("-pk")


@transaction.atomic
def ask_back(tenant: Tenant, *, by: str, reason: str) -> Restoring:
    """Let the content before the last restoring return; `restoring.run` does it.

    Raises NoFallback, UnderWay, NoSuchEdge, ReasonMissing.
    """
    restoring.may_begin(tenant, reason)
    last = of_tenant(tenant).select_for_update().first()
    if last is None:
        raise NoFallback(name=tenant.name)
    row = Restoring(kind=Kind.BACK, tenant=tenant, source=tenant, requested_by=by, reason=reason)
    row.schema_name, row.head, row.content = last.former_schema, last.former_head, ""
    restoring.write_down(row)
    return row


@transaction.atomic
def drop(row: Restoring, *, at: datetime) -> None:
    """The former schema, its role and its files are gone for good."""
    held = Restoring.objects.select_for_update().get(pk=row.pk)
    if Restoring.objects.filter(schema_name=held.former_schema, finished_at__isnull=True).exists():
        raise restoring.UnderWay(name=held.tenant.name)
    if held.former_schema and held.fallback_dropped_at is None:
        schemas.drop(held.former_schema)
        held.fallback_dropped_at = at
        held.save(update_fields=["fallback_dropped_at"])
        schema = held.former_schema
        transaction.on_commit(lambda: files.drop_aside(schema))


def drop_all(tenant: Tenant, *, at: datetime) -> int:
    """Every fallback of a tenant: closing it leaves none behind. Returns how many."""
    rows = list(of_tenant(tenant))
    for row in rows:
        drop(row, at=at)
    return len(rows)


def drop_expired(*, at: datetime) -> int:
    """Those whose time is over. Returns how many."""
    rows = Restoring.objects.filter(fallback_until__lte=at, fallback_dropped_at__isnull=True).exclude(former_schema="")
    dropped = 0
    for row in rows:
        # One that is on its way back is not dropped under it.
        with suppress(restoring.UnderWay):
            drop(row, at=at)
            dropped += 1
    return dropped


def may_abandon(row: Restoring) -> bool:
    """Once the new content of a workspace is in force there is only the way forward."""
    return row.kind == Kind.CLONE or not row.is_swapped


def abandon(row: Restoring) -> None:
    """Give up a restoring that will not succeed: what it built goes, the workspace is as it was.

    Raises AlreadyRunning while a worker has it, TooLateToAbandon once the new content is in force.
    """
    saga.lease(row)
    row.tenant.refresh_from_db()
    if not may_abandon(row):
        Restoring.objects.filter(pk=row.pk).update(lease_until=None)
        raise TooLateToAbandon
    with transaction.atomic():
        saga.hold(row)
        if row.kind != Kind.BACK:
            schemas.drop(row.schema_name)
        _move_on(row)
        Restoring.objects.filter(pk=row.pk).update(finished_at=now(), lease_until=None, error=row.error or "abandoned")
    files.forget(row)


def _move_on(row: Restoring) -> None:
    tenant, by = row.tenant, row.requested_by
    if row.kind == Kind.CLONE:
        if tenant.state == State.PROVISIONING:
            lifecycle.move(tenant, to=State.FAILED, by="platform", reason="abandoned")
        lifecycle.move(tenant, to=State.PURGED, by=by, reason="abandoned")
    elif tenant.state == State.RESTORING:
        lifecycle.move(tenant, to=row.former_state, by=by, reason="abandoned")
