"""Time-based one-time codes as authenticator apps make them: RFC 6238 over RFC 4226, SHA-1, six digits, 30 seconds."""

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_S = 30
DIGITS = 6
SECRET_BYTES = 20
# A step either side for clocks that differ (RFC 6238, section 5.2).
DRIFT_STEPS = 1


def step_of(at: datetime) -> int:
    """How many 30-second steps since 1970."""
    return int(at.timestamp()) // STEP_S


def code(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of one step, with leading zeros (RFC 4226, section 5.3)."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def accepted_step(secret: bytes, typed: str, *, at: datetime, after: int) -> int | None:
    """The step whose code was typed, or None. Steps up to `after` were used already and are refused."""
    here = step_of(at)
    for step in range(here - DRIFT_STEPS, here + DRIFT_STEPS + 1):
        if hmac.compare_digest(code(secret, step), typed) and step > after:
            return step
    return None


def readable(secret: bytes) -> str:
    """Base32 in groups of four, for typing into an app."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def provisioning_uri(secret: bytes, *, account: str, issuer: str) -> str:
    """`otpauth://…` as apps read it from a QR code."""
    query = urlencode({"secret": base64.b32encode(secret).decode(), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{query}"
