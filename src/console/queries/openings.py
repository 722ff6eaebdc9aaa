"""How workspaces came into being, step by step."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from provisioning.models import Opening
from tenants.models import Tenant

# A worker takes an opening within seconds; one that nobody took for this long waits for a worker that is not there.
WORKER_PATIENCE = timedelta(minutes=1)


def openings() -> "QuerySet[Opening]":
    """All of them, with their workspace."""
    return Opening.objects.select_related("tenant")


def narrowed(rows: "QuerySet[Opening]", wanted: dict[str, Any]) -> "QuerySet[Opening]":
    """Those that match `q` (name or address) and `result` (done, failed, running)."""
    if words := (wanted.get("q") or "").strip():
        rows = rows.filter(Q(tenant__name__icontains=words) | Q(tenant__slug__icontains=words.lower()))
    match wanted.get("result"):
        case "done":
            rows = rows.filter(finished_at__isnull=False)
        case "failed":
            rows = rows.filter(finished_at__isnull=True, tenant__state=Tenant.State.FAILED)
        case "running":
            rows = rows.filter(finished_at__isnull=True).exclude(tenant__state=Tenant.State.FAILED)
    return rows


def opening(uuid: UUID) -> Opening:
    """One of them with its steps, or 404."""
    return get_object_or_404(openings().prefetch_related("steps"), uuid=uuid)


def result(row: Opening) -> str:
    """done, failed or running."""
    if row.finished_at:
        return "done"
    return "failed" if row.tenant.state == Tenant.State.FAILED else "running"


def is_held(row: Opening, *, at: datetime) -> bool:
    """Whether a worker has it in hand."""
    return row.finished_at is None and row.lease_until is not None and row.lease_until > at


def is_stuck(row: Opening, *, at: datetime) -> bool:
    """Not done, not failed, and no worker on it: its worker died, or none is running."""
    return result(row) == "running" and not is_held(row, at=at) and at - row.created_at > WORKER_PATIENCE
