"""Errors to Sentry, without a person in them (security.md §4).

Nothing leaves the machine without a DSN. With one, what goes out is the stack without its variables, the request's
method and path pattern, and a keyed digest of who it was.
"""

import hashlib
import hmac
import re
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration

from shared.refusals import Refusal

REMOVED = "[removed]"
# Field names that hold a person, in any part of an event.
_FIELDS = re.compile(
    r"(citizen|number|phone|mobile|mail|name|birth|address|residence|password|secret|token|cookie|session|authori[sz]ation|"
    r"csrf|salary|income|wage|身份证|姓名|手机|电话|住址)",
    re.IGNORECASE,
)
# Values that look like a citizen number (18 digits, the last perhaps X), a mainland phone, an e-mail or a bank card.
_VALUES = re.compile(
    r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{16,19}(?!\d)|[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII
)
# Keys of the event format itself that only look like personal ones.
_KEPT = frozenset(
    {"filename", "module", "server_name", "environment", "release", "transaction", "op", "type", "logger"}
)


def scrub(value: Any, *, key: str = "") -> Any:
    """A copy of an event without personal fields and without values that look personal, at any depth."""
    if isinstance(value, dict):
        return {
            name: REMOVED
            if isinstance(name, str)
            and name not in _KEPT
            and _FIELDS.search(name)
            and not isinstance(inner, dict | list)
            else scrub(inner, key=str(name))
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [scrub(inner, key=key) for inner in value]
    if isinstance(value, str):
        return _VALUES.sub(REMOVED, value)
    return value


# What a message quotes is most often somebody's value.
_QUOTED = re.compile(r"""(["'`]).*?\1|“.*?”|「.*?」|《.*?》|\(.*?\)=\(.*?\)""")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")
BRIEF_CHARS = 200


def brief(error: BaseException) -> str:
    """An error in one line without a person in it: its class, and of its message the first line, without what that
    quotes, without values that look personal and without words that are not ASCII, for a name may be among them."""
    text = str(error.message) if isinstance(error, Refusal) else str(error)
    lines = text.splitlines()
    if not isinstance(error, Refusal):
        lines = [_NOT_ASCII.sub("…", _QUOTED.sub("…", line)) for line in lines[:1]]
    said = " ".join(scrub(lines)).strip()
    return f"{type(error).__name__}: {said}"[:BRIEF_CHARS] if said else type(error).__name__


def before_send(event: Any, hint: Any) -> Any:
    """Drop what could hold a person, whatever the SDK collected."""
    request = event.get("request") or {}
    event["request"] = {"method": request.get("method")}
    event.pop("breadcrumbs", None)
    event.pop("extra", None)
    event.pop("user", None)
    for exception in (event.get("exception") or {}).get("values", []):
        for frame in (exception.get("stacktrace") or {}).get("frames", []):
            frame.pop("vars", None)
    return scrub(event)


def pseudonym(secret: str, workspace: str, user: object) -> str:
    """A keyed digest of a person within a workspace: equal for the same person, nothing to anyone without the key."""
    return hmac.new(secret.encode(), f"{workspace}:{user}".encode(), hashlib.sha256).hexdigest()[:16]


def start(dsn: str, *, environment: str, release: str) -> bool:
    """Switch reporting on. Returns False, and does nothing, without a DSN."""
    if not dsn:
        return False
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        integrations=[DjangoIntegration(cache_spans=False)],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        traces_sample_rate=0.0,
        before_send=before_send,
    )
    return True
