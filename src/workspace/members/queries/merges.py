"""Merges of two entries that were made, and what became of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404

from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members.models import Batch, Row
from workspace.members.queries.duplicates import VERB
from workspace.members.queries.visibility import members_where

LIFETIME = timedelta(days=30)  # so long a merge can be taken back


@dataclass(frozen=True)
class Merge:
    """One line of the list."""

    row: Row
    name: str
    until: datetime
    can_undo: bool


def merges_for(user: User) -> "QuerySet[Row]":
    """Those whose remaining entry this person may merge, newest first; what they put aside is not read."""
    found = Row.objects.filter(
        batch__kind=Batch.Kind.MERGE, member__in=members_where(user, VERB).order_by().values("pk")
    )
    return (
        found.select_related("batch", "member", "member__unit").defer("before").order_by("-batch__finished_at", "-pk")
    )


def merge_for(user: User, pk: int) -> Row:
    """By the key of its batch, or Http404."""
    found = merges_for(user).filter(batch=pk).first() if may(user, VERB) else None
    if found is None:
        raise Http404
    return found


def told(row: Row, *, at: datetime) -> Merge:
    until = (row.batch.finished_at or row.batch.created_at) + LIFETIME
    return Merge(row, str(row.values.get("name", "")), until, row.batch.state == Batch.State.DONE and at <= until)


def merged_away(pk: int) -> Row | None:
    """The merge that this entry went into; None for any other key."""
    found = Row.objects.filter(batch__kind=Batch.Kind.MERGE, batch__state=Batch.State.DONE, values__removed=pk)
    return found.select_related("batch", "member").defer("before").order_by("-pk").first()
