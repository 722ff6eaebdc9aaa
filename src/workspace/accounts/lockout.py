"""Against guessing: five failures lock a person out for a while, many failures close an address for a while.

security.md §1, identity. Rows live in the workspace's own schema: what happens at one never locks anybody at another.
A name that nobody has is counted and locked like one that somebody has, so the lock tells nothing.
"""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from shared.workspace import workspace_id
from workspace.accounts.models import Failure, User
from workspace.accounts.models.user import fold

FAILURES = 5
WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=20)
# A whole office may share one address: failures only, and many of them.
ADDRESS_FAILURES = 50
KEPT = timedelta(days=1)
MAILS = 3
MAIL_WINDOW = timedelta(hours=1)


class TooManyFailures(Refusal):
    message = _("尝试次数过多，已暂时锁定，请 {minutes} 分钟后再试。")
    status = 429


def subject_of(user: User | None, typed: str) -> str:
    """Whom a failure counts against. What was typed is kept as a digest: it may be somebody's phone elsewhere."""
    if user is not None:
        return f"user:{user.pk}"
    return salted_hmac(f"accounts.failure:{workspace_id()}", fold(typed), algorithm="sha256").hexdigest()[:48]


def guard(subject: str, address: str | None, *, at: datetime, only_address: bool = False) -> None:
    """Raises TooManyFailures while the subject or the address is locked.

    `only_address`: for guesses at something everybody shares, where locking the subject would lock everybody.
    """
    until = max(at if only_address else _subject_until(subject, at), _address_until(address, at))
    if until > at:
        raise TooManyFailures(minutes=max(1, -(-int((until - at).total_seconds()) // 60)))


def note_failure(subject: str, address: str | None, *, at: datetime) -> bool:
    """Count one failure; True when it was the one that locks. Old rows go on the way."""
    Failure.objects.filter(at__lt=at - KEPT).delete()
    Failure.objects.create(subject=subject, address=address, at=at)
    return _subject_until(subject, at) > at


def proves(user: User, typed: str, *, at: datetime) -> bool:
    """Whether this is the person's password, asked again while they are signed in. A wrong one counts like a failed
    sign-in, so that a browser left open is no place to guess. Raises TooManyFailures."""
    subject = subject_of(user, "")
    guard(subject, None, at=at)
    if user.check_password(typed):
        return True
    note_failure(subject, None, at=at)
    return False


def may_mail(user: User, *, at: datetime) -> bool:
    """Whether one more mail about the account may go out, counting it; false when somebody floods a mailbox."""
    subject = f"mail:{user.pk}"
    if Failure.objects.filter(subject=subject, at__gt=at - MAIL_WINDOW).count() >= MAILS:
        return False
    # Without an address: asking for a mail is no failure of the office that shares it.
    Failure.objects.create(subject=subject, address=None, at=at)
    return True


def forgive(subject: str) -> None:
    """A success wipes the slate."""
    Failure.objects.filter(subject=subject).delete()


def _subject_until(subject: str, at: datetime) -> datetime:
    times = list(Failure.objects.filter(subject=subject).order_by("-at").values_list("at", flat=True)[:FAILURES])
    if len(times) < FAILURES or times[0] - times[-1] > WINDOW:
        return at
    return times[0] + LOCK


def _address_until(address: str | None, at: datetime) -> datetime:
    if address is None:
        return at
    recent = Failure.objects.filter(address=address, at__gt=at - WINDOW).order_by("at").values_list("at", flat=True)
    times = list(recent[:ADDRESS_FAILURES])
    return at if len(times) < ADDRESS_FAILURES else times[0] + WINDOW
