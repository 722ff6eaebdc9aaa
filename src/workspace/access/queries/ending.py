"""Roles about to end, and accounts that nobody uses."""

from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from workspace.access.models import Grant
from workspace.access.models.grant import GrantQuerySet
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.organization.models import Unit

SOON_DAYS = 30
IDLE_DAYS = 90  # GB/T 22239-2019, 8.1.4.2; the number is ours


def ending(*, visible_to: User, on: date, days: int = SOON_DAYS) -> GrantQuerySet:
    """Roles that end within so many days, the next first, where the reader may look into roles."""
    units = units_where(visible_to, "access.review").order_by()
    rows = Grant.objects.in_force(on).filter(unit__in=units, until__lte=on + timedelta(days=days)).named()
    return rows.select_related("user", "unit", "delegated_from__user").order_by("until", "pk")


def idle_accounts(*, visible_to: User, at: datetime) -> "QuerySet[User]":
    """Open accounts that neither a person nor a program of theirs has used for 90 days, the longest first; each with
    `used_at`, which for one never used is the day it was made. Nobody's for who does not keep accounts."""
    if not may(visible_to, "access.account", Unit.objects.get(depth=1)):
        return User.objects.none()
    return idle(at=at)


def idle(*, at: datetime) -> "QuerySet[User]":
    """The same without asking who reads: for what the product does by itself."""
    used = Greatest(
        "created_at", Coalesce("last_login", "created_at"), Coalesce(Max("tokens__last_used_at"), "created_at")
    )
    old = at - timedelta(days=IDLE_DAYS)
    recent = Q(last_login__gte=old) | Q(created_at__gte=old)
    found = User.objects.filter(is_active=True).exclude(recent).annotate(used_at=used)
    return found.filter(used_at__lt=old).order_by("used_at", "pk")
