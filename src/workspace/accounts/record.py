"""What happens to accounts, told to whoever keeps the record.

The record (`workspace.audit`) stands on a floor above, because its rows point at people. It listens here; the row is
still written in the transaction of the change. On the console the listener is the operators' own.
"""

from collections.abc import Callable
from typing import Any

import structlog
from django.db import models

from workspace.accounts.models import User

log = structlog.get_logger(__name__)
Listener = Callable[..., Any]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """`listener(verb, of=…, by=…, details=…)` is called for every event from now on."""
    if listener not in _listeners:
        _listeners.append(listener)


def record(verb: str, *, of: models.Model, by: User | None, details: dict[str, Any] | None = None) -> None:
    """Tell that `by` did `verb` to `of`. The log line carries keys only, never a name or a number."""
    log.info(verb, thing=str(of.pk), by=by.pk if by else None)
    for listener in _listeners:
        listener(verb, of=of, by=by, details=details or {})
