"""Workspaces as operators may see them: names, states and counts, all from the control schema."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from console.models import Stage, Standing, UsageDay
from console.queries.rollout import GONE, State
from provisioning.models import Opening, SignupEvent
from tenants import lifecycle
from tenants.models import Tenant, TenantEvent

# What an operator may do alone. Closing and what follows it needs a second person.
ALONE = (State.ACTIVE, State.READ_ONLY, State.SUSPENDED)
TREND_DAYS = 90


def workspaces() -> "QuerySet[Tenant]":
    """All of them, with their standing."""
    return Tenant.objects.select_related("standing")


def narrowed(rows: "QuerySet[Tenant]", wanted: dict[str, Any]) -> "QuerySet[Tenant]":
    """Those that match every value given: `q`, `state`, `kind`, `region`, `wave`, `step`, `stage`."""
    if words := (wanted.get("q") or "").strip():
        rows = rows.filter(Q(name__icontains=words) | Q(slug__icontains=words.lower()) | Q(credit_code=words.upper()))
    for field in ("state", "kind", "region"):
        if value := wanted.get(field):
            rows = rows.filter(**{field: value})
    if wave := wanted.get("wave"):
        came = SignupEvent.objects.filter(stage=SignupEvent.Stage.OPENED, wave=wave).values("tenant")
        rows = rows.filter(pk__in=came)
    if (step := wanted.get("step")) not in (None, ""):
        rows = rows.exclude(state__in=GONE).filter(standing__step=step)
    if (stage := wanted.get("stage")) not in (None, ""):
        rows = rows.exclude(state__in=GONE).filter(_reached(Stage(int(stage))))
    return rows


def _reached(stage: Stage) -> Q:
    """The same conditions as the funnel counts by."""
    if stage == Stage.INVITED:
        return Q()
    if stage == Stage.VERIFIED:
        return ~Q(state=State.REQUESTED)
    if stage == Stage.OPENED:
        return Q(activated_at__isnull=False)
    return Q(standing__stage__gte=stage)


def workspace(uuid: UUID) -> Tenant:
    """One of them, or 404."""
    return get_object_or_404(workspaces(), uuid=uuid)


def standing_of(tenant: Tenant) -> Standing:
    """Its standing; one of nothing but zeros where it was never counted."""
    return getattr(tenant, "standing", None) or Standing(tenant=tenant)


def events(tenant: Tenant) -> list[TenantEvent]:
    """Its life, newest first."""
    return list(tenant.events.order_by("-at", "-pk"))


def days(tenant: Tenant, *, on: date) -> list[UsageDay]:
    """Its counts of the last ninety days, oldest first."""
    return list(UsageDay.objects.filter(tenant=tenant, day__gt=on - timedelta(days=TREND_DAYS)).order_by("day"))


def opening_of(tenant: Tenant) -> Opening | None:
    """How it was opened, with its steps."""
    return Opening.objects.filter(tenant=tenant).prefetch_related("steps").first()


def moves(tenant: Tenant) -> list[str]:
    """The states an operator may put it into now."""
    origin = tenant.state
    # Where an opening is under way, its own steps decide.
    if origin not in ALONE:
        return []
    return [state for state in ALONE if state in lifecycle.EDGES[origin]]


def quiet_since(tenant: Tenant, *, at: datetime) -> int | None:
    """Days since anybody did anything; None where nothing was ever done."""
    last = standing_of(tenant).last_active_on
    return (timezone.localdate(at) - last).days if last else None
