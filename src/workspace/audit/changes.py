"""Before and after of a change, as the record keeps it: readable, and nothing personal in full."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

# How a field is written down: a mask for what is personal, words for what is a code.
Says = Mapping[str, Callable[[Any], str]]


def diff(
    before: Mapping[str, Any], after: Mapping[str, Any], *, says: Says | None = None, names: Iterable[str] | None = None
) -> dict[str, list[Any]]:
    """field → [before, after] for every field that differs, or for these `names`; goes into an entry's details."""
    told = says or {}
    chosen = names if names is not None else [name for name in after if before.get(name) != after[name]]
    return {
        name: [plain(before.get(name), told.get(name)), plain(after.get(name), told.get(name))]
        for name in chosen
        if name in after
    }


def plain(value: Any, say: Callable[[Any], str] | None = None) -> Any:
    """A value that JSON holds. What a mask or words are given for is never written as it is."""
    if say is not None:
        return say(value or "")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
