"""The second factor: offered, confirmed, asked for, taken away."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from shared.addresses import client_address
from shared.refusals import Refusal
from shared.workspace import workspace_id
from workspace.accounts import lockout, totp
from workspace.accounts.models import Factor, User
from workspace.accounts.record import record
from workspace.accounts.sealing import BrokenSeal, seal, unseal

RECOVERY_CODES = 10
# Base32 without look-alikes; ten characters are 50 random bits, and the lock-out counts every guess.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_CHARS = 10


class WrongCode(Refusal):
    message = _("验证码不正确或已用过，请输入最新的一个。")
    status = 400


class NothingOffered(Refusal):
    message = _("请重新打开设置页面，扫描新的二维码。")
    status = 400


@dataclass(frozen=True)
class Offer:
    """What a person puts into an app."""

    secret: bytes

    @property
    def readable(self) -> str:
        return totp.readable(self.secret)


def offer(user: User) -> Offer:
    """The secret to scan. Stays the same until it is confirmed, so that a reload does not spoil the scan."""
    factor = Factor.objects.filter(user=user).first()
    # One that was offered under a key that is gone can be read by nobody: offer another.
    with suppress(BrokenSeal):
        if factor is not None:
            return Offer(_secret(factor))
    secret = secrets.token_bytes(totp.SECRET_BYTES)
    Factor.objects.update_or_create(user=user, defaults={"secret": seal(secret, purpose=_purpose(user))})
    return Offer(secret)


@transaction.atomic
def confirm(user: User, *, typed: str, at: datetime) -> list[str]:
    """The app works: from now on it is asked for. Returns the recovery codes, to be shown once."""
    factor = Factor.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
    if factor is None:
        raise NothingOffered
    step = totp.accepted_step(_secret(factor), typed, at=at, after=factor.last_step)
    if step is None:
        raise WrongCode
    codes = _new_codes()
    factor.confirmed_at, factor.last_step = at, step
    factor.recovery = [_digest(user, code) for code in codes]
    factor.save(update_fields=["confirmed_at", "last_step", "recovery"])
    record("account.factor_added", of=user, by=user)
    return codes


@transaction.atomic
def renew_codes(user: User) -> list[str]:
    """Ten new recovery codes in place of those that are left."""
    codes = _new_codes()
    changed = Factor.objects.filter(user=user, confirmed_at__isnull=False).update(
        recovery=[_digest(user, code) for code in codes]
    )
    if not changed:
        raise NothingOffered
    record("account.recovery_codes_renewed", of=user, by=user)
    return codes


@transaction.atomic
def remove(user: User) -> None:
    """By the person, who has just shown the password and a code."""
    if Factor.objects.filter(user=user).delete()[0]:
        record("account.factor_removed", of=user, by=user)


def check_code(request: HttpRequest, user: User, *, typed: str, at: datetime) -> None:
    """The step after the password. Raises WrongCode, TooManyFailures; a failure counts towards the lock."""
    factor = Factor.objects.select_for_update().get(user=user)
    subject, address = lockout.subject_of(user, ""), client_address(request)
    lockout.guard(subject, address, at=at)
    if not _accept(factor, typed, at):
        locked = lockout.note_failure(subject, address, at=at)
        record("account.code_failed", of=user, by=None, details={"address": address, "locked": locked})
        raise WrongCode
    lockout.forgive(subject)


def _accept(factor: Factor, typed: str, at: datetime) -> bool:
    """Use up the code that was typed: the step of an app, or one recovery code."""
    if typed.isdigit():
        step = totp.accepted_step(_secret(factor), typed, at=at, after=factor.last_step)
        if step is not None:
            factor.last_step = step
            factor.save(update_fields=["last_step"])
        return step is not None
    digest = _digest(factor.user, typed)
    if digest not in factor.recovery:
        return False
    factor.recovery = [left for left in factor.recovery if left != digest]
    factor.save(update_fields=["recovery"])
    record("account.recovery_code_used", of=factor.user, by=factor.user, details={"left": len(factor.recovery)})
    return True


def _secret(factor: Factor) -> bytes:
    return unseal(factor.secret, purpose=f"accounts.factor:{factor.user_id}")


def _purpose(user: User) -> str:
    return f"accounts.factor:{user.pk}"


def _new_codes() -> list[str]:
    return ["".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_CHARS)) for _ in range(RECOVERY_CODES)]


def _digest(user: User, code: str) -> str:
    return salted_hmac(f"accounts.recovery:{workspace_id()}:{user.pk}", code, algorithm="sha256").hexdigest()
