"""Sessions kept in the workspace's own schema, each with who, where, and when last seen (SESSION_ENGINE)."""

from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from shared.addresses import client_address
from shared.clock import now
from workspace.accounts import standing
from workspace.accounts.models import Session, User
from workspace.accounts.queries import owes

# security.md §1, identity: the clause asks for time limits, the figures are ours.
ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=30)
IDLE_ADMINISTRATOR = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)
DEVICE_CHARS = 200


class SessionStore(DatabaseStore):
    """Django's database sessions over our row. What the row shows beside the data is carried inside the data."""

    last_seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        self.last_seen_at = row.last_seen_at if row else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        user = data.get(SESSION_KEY)
        since = data.get("signed_in_at")
        row.user_id = int(user) if user else None
        row.address = data.get("address")
        row.device = data.get("device", "")
        row.signed_in_at = datetime.fromisoformat(since) if since else None
        row.last_seen_at = timezone.now()
        return row


def begin(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Sign the person in on this browser, under a new session key, until `at` + 12 hours at the latest."""
    Session.objects.filter(expire_date__lt=at).delete()
    login(request, user)
    idle = IDLE_ADMINISTRATOR if standing.is_administrator(user) else IDLE
    request.session.update(
        {
            "address": client_address(request),
            "device": request.headers.get("User-Agent", "")[:DEVICE_CHARS],
            "signed_in_at": at.isoformat(),
            "idle_s": idle.total_seconds(),
            # Settled once a sign-in: asking at every request would cost every request two queries.
            "owes": owes(user, at=at),
        }
    )
    # A date, not a number of seconds: use does not push it further away.
    request.session.set_expiry(at + ABSOLUTE)


def seen(request: HttpRequest, *, at: datetime | None = None) -> bool:
    """Note that the session is in use; False when it lay idle for too long and was ended instead."""
    at = at or now()
    session: Any = request.session
    last = session.last_seen_at
    if last is None:
        return True
    if at - last > timedelta(seconds=session.get("idle_s", IDLE.total_seconds())):
        session.flush()
        return False
    if at - last > SEEN_EVERY:
        Session.objects.filter(pk=session.session_key).update(last_seen_at=at)
    return True


def end_others(user: User, *, keep: str | None) -> int:
    """End every session of the person but one. Returns how many."""
    ended, _kinds = Session.objects.filter(user=user).exclude(session_key=keep or "").delete()
    return ended
