"""Put a line in the record."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from workspace.accounts.models import User
from workspace.audit.models import Entry


def record(verb: str, *, of: models.Model, by: User | None, details: dict[str, Any] | None = None) -> Entry:
    """Note that `by` did `verb` to `of`, in the running transaction. `by` is None when the machinery did it."""
    return Entry.objects.create(
        verb=verb,
        kind=of._meta.label_lower,
        thing=str(of.pk),
        label=str(of)[:200],
        by=by,
        by_name=by.name if by else "",
        details=details or {},
    )


def record_many(
    verb: str, *, of: Sequence[models.Model], by: User | None, details: Sequence[dict[str, Any]] | None = None
) -> None:
    """A line for each thing, in one statement. `details` go with `of` by position."""
    about = details or [{}] * len(of)
    Entry.objects.bulk_create(
        Entry(
            verb=verb,
            kind=thing._meta.label_lower,
            thing=str(thing.pk),
            label=str(thing)[:200],
            by=by,
            by_name=by.name if by else "",
            details=said,
        )
        for thing, said in zip(of, about, strict=True)
    )
