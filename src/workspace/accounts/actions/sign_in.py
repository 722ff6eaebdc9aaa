"""Who somebody is: name and password first, a second factor where there is one."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shared.addresses import client_address
from shared.refusals import Refusal
from workspace.accounts import lockout
from workspace.accounts.backends import find
from workspace.accounts.models import User
from workspace.accounts.record import record


class WrongCredentials(Refusal):
    message = _("账号或密码不正确。")
    status = 400


class NotActive(Refusal):
    """Told only to someone who knew the password."""

    message = _("这个账号尚未启用或已停用。如果您刚提交加入申请，请等待管理员审核。")
    status = 403


def check_password(request: HttpRequest, *, typed: str, password: str, at: datetime) -> User:
    """The person whose name and password these are. Raises TooManyFailures, WrongCredentials, NotActive.

    A failure is a row, so the caller must not let the refusal undo the transaction.
    """
    # The lock on the row makes parallel guesses queue up, so that none slips past the count.
    known = find(typed, lock=True)
    subject, address = lockout.subject_of(known, typed), client_address(request)
    lockout.guard(subject, address, at=at)
    user = authenticate(request, username=typed, password=password)
    if not isinstance(user, User):
        if known is not None and not known.is_active and known.check_password(password):
            raise NotActive
        _failed(known, subject, address, at)
        raise WrongCredentials
    if not has_factor(user):
        lockout.forgive(subject)
    return user


def has_factor(user: User) -> bool:
    """Whether a password alone does not let this person in."""
    factor = getattr(user, "factor", None)
    return factor is not None and factor.confirmed_at is not None


def _failed(user: User | None, subject: str, address: str | None, at: datetime) -> None:
    locked = lockout.note_failure(subject, address, at=at)
    if user is not None:
        record("account.sign_in_failed", of=user, by=None, details={"address": address})
        if locked:
            record("account.locked", of=user, by=None, details={"address": address})
