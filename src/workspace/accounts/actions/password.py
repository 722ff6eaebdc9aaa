"""A password set, changed, forgotten."""

from datetime import datetime

from django.db import transaction

from shared.queue import later
from workspace.accounts import lockout, sessions
from workspace.accounts.backends import find
from workspace.accounts.models import User
from workspace.accounts.passwords import REMEMBERED
from workspace.accounts.record import record


def put_password(user: User, password: str, *, at: datetime, keep_session: str | None = None) -> None:
    """Store it, remember the former one, end the person's other sessions. The rules were asked by the form."""
    if user.has_usable_password():
        user.past_passwords = [user.password, *user.past_passwords][: REMEMBERED - 1]
    user.set_password(password)
    user.password_set_at = at
    user.save(update_fields=["password", "past_passwords", "password_set_at"])
    sessions.end_others(user, keep=keep_session)
    lockout.forgive(lockout.subject_of(user, ""))


@transaction.atomic
def change_password(user: User, *, password: str, at: datetime, session_key: str | None) -> None:
    """By the person, who has just shown the old one. This session goes on, the others end."""
    put_password(user, password, at=at, keep_session=session_key)
    record("account.password_changed", of=user, by=user)


@transaction.atomic
def reset_password(user: User, *, password: str, at: datetime) -> None:
    """By a mailed link. It signs nobody in: a second factor, where there is one, is still asked."""
    put_password(user, password, at=at)
    record("account.password_reset", of=user, by=user)


def ask_for_reset(typed: str) -> None:
    """Mail a link to whom the name belongs. Unknown names put off the same job, so the answer takes the same time."""
    user = find(typed)
    later("accounts.mail_reset", user_id=user.pk if user and user.is_active and user.email else 0)
