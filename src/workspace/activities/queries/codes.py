"""The codes on the big screen: bound to this workspace, this activity, this opening and this stretch of time.

A code is an HMAC, so nothing is stored and nothing can be listed. The code of the stretch before still works, for a
hand that was slow; no other does.
"""

import base64
import hmac
from datetime import datetime

from django.utils.crypto import salted_hmac

from shared.workspace import current_workspace, workspace_id
from workspace.activities.models import Activity

QR_STEP_S = 25
SPOKEN_STEP_S = 60
_SIGNATURE_CHARS = 12  # 60 bits, gone within a minute


def qr_code(activity: Activity, *, at: datetime) -> str:
    """`<activity>-<signature>`, the last part of the short link."""
    return f"{activity.pk}-{_signature(activity, _step(at, QR_STEP_S))}"


def qr_link(activity: Activity, *, at: datetime) -> str:
    """The short https address a camera opens."""
    return f"{current_workspace().url}/c/{qr_code(activity, at=at)}"


def spoken_code(activity: Activity, *, at: datetime) -> str:
    """Six digits to read out or write on a board."""
    return _digits(activity, _step(at, SPOKEN_STEP_S))


def seconds_left(at: datetime) -> int:
    """Until the QR code on the screen is replaced."""
    return QR_STEP_S - int(at.timestamp()) % QR_STEP_S


def accepts(activity: Activity, code: str, *, at: datetime) -> bool:
    """Whether `code` is the QR code of this or the previous stretch."""
    step = _step(at, QR_STEP_S)
    given = code.encode()
    good = [f"{activity.pk}-{_signature(activity, number)}".encode() for number in (step, step - 1)]
    return any(hmac.compare_digest(given, one) for one in good)


def accepts_spoken(activity: Activity, code: str, *, at: datetime) -> bool:
    """Whether the six digits are those of this or the previous minute. Spaces and full-width digits are forgiven."""
    given = "".join(str(int(c)) for c in code if c.isdecimal()).encode()
    step = _step(at, SPOKEN_STEP_S)
    return any(hmac.compare_digest(given, _digits(activity, number).encode()) for number in (step, step - 1))


def activity_key(code: str) -> int | None:
    """The activity a QR code speaks of, before it is known to be good; None when it is no code at all."""
    number = code.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None


def _signature(activity: Activity, step: int) -> str:
    digest = salted_hmac("activities.qr", _words(activity, step), algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:_SIGNATURE_CHARS]


def _digits(activity: Activity, step: int) -> str:
    digest = salted_hmac("activities.spoken", _words(activity, step), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"


def _words(activity: Activity, step: int) -> str:
    return f"{workspace_id()}:{activity.pk}:{activity.check_in_seed}:{step}"


def _step(at: datetime, seconds: int) -> int:
    return int(at.timestamp()) // seconds
