"""Content that is brought back or copied: how each attempt stands, and what may be done about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from provisioning import fallbacks, restoring
from provisioning.models import Restoring, RestoringStep
from tenants.models import Tenant


def restorings() -> "QuerySet[Restoring]":
    """All of them, with the workspace and where its content comes from."""
    return Restoring.objects.select_related("tenant", "source")


def one(uuid: UUID) -> Restoring:
    """One of them with its steps, or 404."""
    return get_object_or_404(restorings().prefetch_related("steps"), uuid=uuid)


def narrowed(rows: "QuerySet[Restoring]", wanted: dict[str, Any], *, at: datetime) -> "QuerySet[Restoring]":
    """Those that match `q` (name or address), `kind` and `result` (see `result`)."""
    if words := (wanted.get("q") or "").strip():
        rows = rows.filter(Q(tenant__name__icontains=words) | Q(tenant__slug__icontains=words.lower()))
    if kind := wanted.get("kind"):
        rows = rows.filter(kind=kind)
    held = Q(lease_until__gt=at)
    match wanted.get("result"):
        case "running":
            return rows.filter(held, finished_at__isnull=True)
        case "failed":
            return unfinished(rows).exclude(held).exclude(error="")
        case "stopped":
            return unfinished(rows).exclude(held).filter(error="")
        case "abandoned":
            return rows.filter(finished_at__isnull=False).exclude(error="")
        case "done":
            return rows.filter(finished_at__isnull=False, error="")
    return rows


def unfinished(rows: "QuerySet[Restoring] | None" = None) -> "QuerySet[Restoring]":
    """Those that have not come to an end."""
    return (Restoring.objects if rows is None else rows).filter(finished_at__isnull=True)


def result(row: Restoring, *, at: datetime) -> str:
    """done, abandoned, running, failed, or stopped: nobody has it in hand, and it left no error (a kill)."""
    if row.finished_at:
        return "abandoned" if row.error else "done"
    if row.lease_until and row.lease_until > at:
        return "running"
    return "failed" if row.error else "stopped"


def course(row: Restoring) -> list[tuple[str | Promise, RestoringStep | None]]:
    """Its steps in their order, with the row of each that was begun."""
    done = {step.name: step for step in row.steps.all()}
    return [(RestoringStep.Name(name).label, done.get(name)) for name, _work in restoring.steps(row)]


def fallback(tenant: Tenant) -> Restoring | None:
    """The newest content of a workspace that was put aside and is still there."""
    return fallbacks.of_tenant(tenant).first()
