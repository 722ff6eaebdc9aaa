"""How workspaces end, and what may be proposed to a second operator."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from console.models import Proposal
from console.queries import proposals, restorings
from provisioning.models import Closing
from shared.clock import now
from tenants.models import Tenant


def closings() -> "QuerySet[Closing]":
    """All of them, with their workspace."""
    return Closing.objects.select_related("tenant")


def narrowed(rows: "QuerySet[Closing]", wanted: dict[str, Any]) -> "QuerySet[Closing]":
    """Those that match `q` (name or address) and `result` (see `result`)."""
    if words := (wanted.get("q") or "").strip():
        rows = rows.filter(Q(tenant__name__icontains=words) | Q(tenant__slug__icontains=words.lower()))
    open_ones = rows.filter(cancelled_at__isnull=True, finished_at__isnull=True)
    match wanted.get("result"):
        case "cancelled":
            return rows.filter(cancelled_at__isnull=False)
        case "done":
            return rows.filter(finished_at__isnull=False)
        case "failed":
            return open_ones.exclude(error="")
        case "archived":
            return open_ones.filter(archived_at__isnull=False, kept_until__gt=now())
        case "running":
            at = now()
            return open_ones.filter(Q(archived_at__isnull=True, grace_until__lte=at) | Q(kept_until__lte=at))
        case "grace":
            return open_ones.filter(archived_at__isnull=True, grace_until__gt=now())
    return rows


def closing(uuid: UUID) -> Closing:
    """One of them with its steps, or 404."""
    return get_object_or_404(closings().prefetch_related("steps"), uuid=uuid)


def result(row: Closing, *, at: datetime) -> str:
    """cancelled, done, failed, archived, running or grace."""
    if row.cancelled_at:
        return "cancelled"
    if row.finished_at:
        return "done"
    if row.error:
        return "failed"
    if row.archived_at and at < row.kept_until:
        return "archived"
    return "grace" if at < row.grace_until else "running"


def running(tenant: Tenant) -> Closing | None:
    """The one that is under way."""
    return closings().filter(tenant=tenant, cancelled_at__isnull=True, finished_at__isnull=True).first()


def proposable(tenant: Tenant) -> list[str]:
    """What may be proposed for a workspace now."""
    asked = set(proposals.waiting().filter(tenant=tenant).values_list("verb", flat=True))
    states = {Tenant.State.ACTIVE, Tenant.State.READ_ONLY, Tenant.State.SUSPENDED}
    possible = []
    if tenant.state in states:
        possible.append(Proposal.Verb.CLOSE.value)
    ends = running(tenant) if tenant.state == Tenant.State.ARCHIVED else None
    if ends and ends.kept_until > now():
        possible.append(Proposal.Verb.ERASE.value)
    if tenant.state in states and restorings.fallback(tenant) and not restorings.unfinished().filter(tenant=tenant):
        possible += [verb.value for verb in Proposal.OF_CONTENT]
    return [verb for verb in possible if verb not in asked]
