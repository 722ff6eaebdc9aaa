"""What an account page shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from shared.workspace import workspace_id
from workspace.accounts import standing
from workspace.accounts.devices import Device, read_device
from workspace.accounts.models import Factor, Session, Token, User


@dataclass(frozen=True)
class SignedIn:
    """One browser of a person's, as the list shows it."""

    session_key: str
    device: Device
    address: str | None
    signed_in_at: datetime | None
    last_seen_at: datetime
    is_this: bool

    @property
    def handle(self) -> str:
        """Names the session in a form without giving its key away."""
        return handle(self.session_key)


def handle(session_key: str) -> str:
    """A digest of the key, good for pages and URLs."""
    return salted_hmac("accounts.session", session_key, algorithm="sha256").hexdigest()[:20]


def signed_in(user: User, *, at: datetime, here: str | None) -> list[SignedIn]:
    """The person's sessions in force, this one first, then by last use."""
    rows = Session.objects.filter(user=user, expire_date__gt=at).order_by("-last_seen_at")
    found = [
        SignedIn(
            session_key=row.session_key,
            device=read_device(row.device),
            address=row.address,
            signed_in_at=row.signed_in_at,
            last_seen_at=row.last_seen_at,
            is_this=row.session_key == here,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_this)


def factor_of(user: User) -> Factor | None:
    """The second factor that is asked for at sign-in, if any."""
    return Factor.objects.filter(user=user, confirmed_at__isnull=False).first()


def tokens_of(user: User) -> "QuerySet[Token]":
    """The person's tokens that were not revoked, newest first."""
    return Token.objects.filter(created_by=user, revoked_at__isnull=True).order_by("-created_at")


def owes(user: User, *, at: datetime) -> str:
    """What this person must do before anything else: renew the `password`, add a `factor`, or nothing (empty)."""
    days, since = settings.PASSWORD_DAYS, user.password_set_at
    if days is not None and since is not None and at - since > timedelta(days=days):
        return "password"
    if settings.REQUIRE_SECOND_FACTOR and standing.is_administrator(user) and factor_of(user) is None:
        # An operator at once; a workspace's administrator may first look around.
        grace = timedelta(0) if workspace_id() == "control" else timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
        if at - user.created_at >= grace:
            return "factor"
    return ""
