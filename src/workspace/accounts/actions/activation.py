"""From a row without a password to somebody who signs in."""

from datetime import datetime

from django.db import transaction

from shared.queue import later
from workspace.accounts.actions.password import put_password
from workspace.accounts.models import User
from workspace.accounts.record import record


@transaction.atomic
def activate(user: User, *, password: str, at: datetime) -> None:
    """The first password, which uses the link up."""
    put_password(user, password, at=at)
    record("account.activated", of=user, by=user)


def send_again(user: User) -> None:
    """A fresh link, by mail only: whoever holds the old one learns nothing new."""
    later("accounts.mail_activation", lock=f"activation:{user.pk}", user_id=user.pk)
