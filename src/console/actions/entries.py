"""Write what operators do into their record."""

from typing import Any

from console.models import OperatorEntry
from workspace.accounts.models import User


def record(
    verb: str, *, thing: str, label: str, by: User | None, reason: str = "", details: dict[str, Any] | None = None
) -> OperatorEntry:
    """Note that `by` did `verb` to `thing`, in the running transaction. `by` is None when the machinery did it."""
    return OperatorEntry.objects.create(
        by=by.username if by else "",
        by_name=by.name if by else "",
        verb=verb,
        thing=thing[:80],
        label=label[:200],
        reason=reason.strip()[:500],
        details=details or {},
    )
