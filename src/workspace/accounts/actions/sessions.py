"""Sessions ended by the person they belong to."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts import sessions
from workspace.accounts.models import Session, User
from workspace.accounts.queries import handle
from workspace.accounts.record import record


class AlreadyEnded(Refusal):
    message = _("这个登录已经结束。")
    status = 404


@transaction.atomic
def end_one(user: User, *, named: str) -> None:
    """`named` is the session's handle. Raises AlreadyEnded for one that is not there, or is not this person's."""
    for session in Session.objects.filter(user=user):
        if handle(session.session_key) == named:
            session.delete()
            record("account.session_ended", of=user, by=user)
            return
    raise AlreadyEnded


@transaction.atomic
def end_others(user: User, *, keep: str | None) -> int:
    """All but the one in hand. Returns how many."""
    ended = sessions.end_others(user, keep=keep)
    record("account.other_sessions_ended", of=user, by=user, details={"ended": ended})
    return ended
