"""One-time links: to activate an account, to set a forgotten password anew.

Signed and bound to the workspace, to the person, and to the password as it is: once a password is set, every link that
was made before is used up. Nothing is stored.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from shared.workspace import workspace_id
from workspace.accounts.models import User

Purpose = Literal["activate", "reset"]
LIFETIME: dict[str, timedelta] = {"activate": timedelta(days=7), "reset": timedelta(hours=2)}


@dataclass(frozen=True)
class Opened:
    """What a link says. `user` is None for one that is not ours at all."""

    user: User | None
    state: Literal["good", "expired", "used", "bad"]


def path_for(user: User, purpose: Purpose) -> str:
    """The path of a fresh link on this workspace's host."""
    text = signing.dumps([user.pk, _fingerprint(user, purpose)], salt=_salt(purpose))
    # Written out, not reversed: an opening makes a link, and should not pay for loading every page of the application.
    return f"/{purpose}/{text}/"


def open_link(text: str, purpose: Purpose) -> Opened:
    """Judge a link. A signature of another workspace is bad, whoever it names."""
    try:
        user_id, fingerprint = signing.loads(text, salt=_salt(purpose))
    except (signing.BadSignature, ValueError):
        return Opened(None, "bad")
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return Opened(None, "bad")
    if not constant_time_compare(fingerprint, _fingerprint(user, purpose)):
        return Opened(user, "used")
    try:
        signing.loads(text, salt=_salt(purpose), max_age=LIFETIME[purpose])
    except signing.SignatureExpired:
        return Opened(user, "expired")
    return Opened(user, "good")


def _salt(purpose: Purpose) -> str:
    return f"accounts.{purpose}:{workspace_id()}"


def _fingerprint(user: User, purpose: Purpose) -> str:
    state = f"{user.pk}:{user.password}:{user.email}"
    return salted_hmac(_salt(purpose), state, algorithm="sha256").hexdigest()[:24]
