"""Errors to Sentry, without a person in them (security.md §4).

Nothing leaves the machine without a DSN. With one, what goes out is the stack without its variables, the request's
method and path pattern, and a keyed digest of who it was.
"""

import hashlib
import hmac
import re
import traceback
from typing import Any

import sentry_sdk
from django.db import Error as DatabaseError
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
    said = " ".join(scrub(str(error.message).splitlines())) if isinstance(error, Refusal) else unquoted(str(error))
    return f"{type(error).__name__}: {said}"[:BRIEF_CHARS] if said else type(error).__name__


def unquoted(text: str) -> str:
    """The first line of a message, without what it quotes, what looks personal, and words that are not ASCII."""
    first = next(iter(text.splitlines()), "")
    said: str = scrub(_NOT_ASCII.sub("…", _QUOTED.sub("…", first)))
    return said.strip()[:BRIEF_CHARS]


# What these say is Python's, the database's or ours, and what they quote of a value stands in quotes. The text of any
# other error is whatever somebody put there, a person's words perhaps.
_KNOWN = (Refusal, DatabaseError, OSError, ImportError, AttributeError, TypeError, NameError, LookupError)
_KNOWN_NAMES = frozenset({"AttributeError", "TypeError", "NameError", "ImportError", "KeyError", "IndexError"})


def told(error: BaseException) -> str:
    """For the log: `brief` of an error whose text is known to quote what it names, of any other only the class."""
    return brief(error) if isinstance(error, _KNOWN) else type(error).__name__


def places(error: BaseException, *, last: int = 6) -> list[str]:
    """Where in the code it came from, the innermost last: files and lines, never a value."""
    frames = traceback.extract_tb(error.__traceback__)[-last:]
    return [f"{frame.filename}:{frame.lineno}" for frame in frames]


def before_send(event: Any, hint: Any) -> Any:
    """Drop what could hold a person, whatever the SDK collected."""
    request = event.get("request") or {}
    event["request"] = {"method": request.get("method")}
    event.pop("breadcrumbs", None)
    event.pop("extra", None)
    event.pop("user", None)
    if "logentry" in event:
        event["logentry"] = {"message": unquoted(_event_of(event["logentry"], hint))}
    for exception in (event.get("exception") or {}).get("values", []):
        known = exception.get("type") in _KNOWN_NAMES or str(exception.get("module")).startswith(
            ("django.db", "psycopg")
        )
        # The database quotes the row that it refuses.
        exception["value"] = unquoted(exception.get("value") or "") if known else ""
        for frame in (exception.get("stacktrace") or {}).get("frames", []):
            frame.pop("vars", None)
    return scrub(event)


def _event_of(entry: dict[str, Any], hint: dict[str, Any]) -> str:
    """What a log line is about, without what it was told: its arguments may be a path that holds a secret."""
    said = getattr(hint.get("log_record"), "msg", None)
    return str(said.get("event", "") if isinstance(said, dict) else entry.get("message") or "")


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
