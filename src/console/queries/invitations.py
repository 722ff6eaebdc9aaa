"""Invitations and where each stands."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from provisioning.models import PartnerInvitation
from tenants.models import Tenant


def invitations() -> "QuerySet[PartnerInvitation]":
    """All of them."""
    return PartnerInvitation.objects.all()


def invitation(number: int) -> PartnerInvitation:
    """One of them, or 404."""
    return get_object_or_404(PartnerInvitation, pk=number)


def result(row: PartnerInvitation, *, at: datetime) -> str:
    """used, over, seen or sent."""
    if row.used_at:
        return "used"
    if row.is_expired(at=at):
        return "over"
    return "seen" if row.opened_at else "sent"


def narrowed(
    rows: "QuerySet[PartnerInvitation]", wanted: dict[str, Any], *, at: datetime
) -> "QuerySet[PartnerInvitation]":
    """Those that match `q` (name, code or e-mail), `wave` and `result`."""
    if words := (wanted.get("q") or "").strip():
        rows = rows.filter(Q(name__icontains=words) | Q(credit_code=words.upper()) | Q(email__icontains=words))
    if wave := wanted.get("wave"):
        rows = rows.filter(wave=wave)
    waiting = Q(used_at__isnull=True, expires_at__gt=at)
    conditions = {
        "used": Q(used_at__isnull=False),
        "over": Q(used_at__isnull=True, expires_at__lte=at),
        "seen": waiting & Q(opened_at__isnull=False),
        "sent": waiting & Q(opened_at__isnull=True),
    }
    return rows.filter(conditions.get(wanted.get("result") or "", Q()))


def taken(*, at: datetime) -> tuple[set[str], set[str]]:
    """Names and credit codes that need no further invitation: they have one that still serves, or a workspace."""
    waiting = PartnerInvitation.objects.filter(Q(used_at__isnull=False) | Q(expires_at__gt=at))
    here = Tenant.objects.exclude(state__in=(Tenant.State.ARCHIVED, Tenant.State.PURGED))
    pairs = [*waiting.values_list("name", "credit_code"), *here.values_list("name", "credit_code")]
    return {name for name, _code in pairs}, {code for _name, code in pairs if code}
