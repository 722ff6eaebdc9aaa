"""Mails about an account, sent by the worker."""

from shared.clock import now
from shared.queue import MAIL_ATTEMPTS, task
from workspace.accounts import lockout, mails
from workspace.accounts.models import User


@task("accounts.mail_activation", attempts=MAIL_ATTEMPTS)
def mail_activation(user_id: int) -> None:
    """A fresh activation link, unless the account was activated meanwhile."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user and user.email and not user.has_usable_password() and lockout.may_mail(user, at=now()):
        mails.send(user, "activation", purpose="activate")


@task("accounts.mail_reset", attempts=MAIL_ATTEMPTS)
def mail_reset(user_id: int) -> None:
    """A link to set the password anew; an account that was never activated gets its activation link instead."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.email or not lockout.may_mail(user, at=now()):
        return
    if user.has_usable_password():
        mails.send(user, "reset", purpose="reset")
    else:
        mails.send(user, "activation", purpose="activate")
