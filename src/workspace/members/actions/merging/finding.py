"""The entries that somebody wants to merge."""

from django.http import Http404

from workspace.accounts.models import User
from workspace.members.actions.merging.refusals import AlreadyMerged
from workspace.members.models import Member
from workspace.members.queries.duplicates import VERB
from workspace.members.queries.merges import merged_away
from workspace.members.queries.visibility import member_for, members_where


def entry_for(user: User, pk: int) -> Member:
    """As `member_for`. Raises AlreadyMerged for one that went into an entry which this person may merge."""
    try:
        return member_for(user, pk, to=VERB)
    except Http404:
        away = merged_away(pk)
        if away and members_where(user, VERB).filter(pk=away.member_id or 0).exists():
            raise AlreadyMerged(who=away.batch.by_name) from None
        raise
