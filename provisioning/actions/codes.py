"""The six digits that prove an e-mail address: sent, counted, judged."""

import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from provisioning import funnel, mails
from provisioning.actions.throttling import count_mail
from provisioning.models import Mailing, Signup
from shared.refusals import Refusal

log = structlog.get_logger(__name__)
LIFETIME = timedelta(minutes=10)
TRIES = 5
PAUSE = timedelta(seconds=60)


class TooSoon(Refusal):
    message = _("验证码刚刚发出，请 {seconds} 秒后再重新发送。")
    status = 429


class MailNotSent(Refusal):
    message = _("邮件没有发出去。请核对邮箱地址，稍后再试；你填写的内容都还在。")
    status = 503


class WrongCode(Refusal):
    message = _("验证码不对，还可以再试 {left} 次。")
    status = 400


class CodeExpired(Refusal):
    message = _("这个验证码已过期，请重新发送一个。")
    status = 400


class TriesUsedUp(Refusal):
    message = _("输错太多次，这个验证码已失效，请重新发送一个。")
    status = 400


def send_code(signup: Signup, *, address: str | None, at: datetime) -> None:
    """Mail a fresh code to the sign-up's e-mail; the one before is void.

    Raises TooSoon within a minute of the last one, TooManyMails, and MailNotSent when the mail server refuses. A mail
    that was not sent counts in nothing.
    """
    wait = seconds_to_wait(signup, at=at)
    if wait:
        raise TooSoon(seconds=wait)
    code = f"{secrets.randbelow(10**6):06d}"
    with transaction.atomic():
        count_mail(Mailing.Purpose.CODE, email=signup.email, address=address, at=at)
        signup.code_digest = _digest(signup, code)
        signup.code_sent_at = at
        signup.code_tries = 0
        signup.save(update_fields=["code_digest", "code_sent_at", "code_tries", "touched_at"])
        try:
            mails.send_code(signup, code=code)
        except (SMTPException, OSError) as error:
            log.warning("code_mail_failed", error=type(error).__name__)
            raise MailNotSent from error


def seconds_to_wait(signup: Signup, *, at: datetime) -> int:
    """Seconds until a code may be sent again; 0 when it may."""
    if not signup.code_sent_at:
        return 0
    return max(0, round((signup.code_sent_at + PAUSE - at).total_seconds()))


def check_code(signup: Signup, code: str, *, at: datetime) -> None:
    """Prove the e-mail address. Raises CodeExpired, TriesUsedUp or WrongCode.

    Not one transaction on purpose: a wrong try must stay counted although the answer is a refusal.
    """
    with transaction.atomic():
        held = Signup.objects.select_for_update().get(pk=signup.pk)
        if held.verified_at:
            return
        if held.code_tries >= TRIES:
            raise TriesUsedUp
        if not held.code_sent_at or not held.code_digest or at >= held.code_sent_at + LIFETIME:
            raise CodeExpired
        held.code_tries += 1
        right = constant_time_compare(held.code_digest, _digest(held, code))
        if right:
            held.verified_at = at
            held.code_digest = ""
            held.answer("code")
        held.save(update_fields=["code_tries", "verified_at", "code_digest", "answered", "touched_at"])
        if right:
            funnel.reached(funnel.Stage.VERIFIED, at=at, signup=held)
    signup.refresh_from_db()
    if not right:
        if held.code_tries >= TRIES:
            raise TriesUsedUp
        raise WrongCode(left=TRIES - held.code_tries)


def _digest(signup: Signup, code: str) -> str:
    return salted_hmac("provisioning.code", f"{signup.token}:{signup.email}:{code}", algorithm="sha256").hexdigest()
