"""Take the last step back, or give the whole case up; with a reason, and before the result is approved."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections.actions.locking import locked
from workspace.elections.models import Election
from workspace.elections.models.rolls import Roll


class NothingToUndo(Refusal):
    message = _("还没有开会和投票，没有可以撤回的步骤。")


@transaction.atomic
def undo_last(election: Election, *, reason: str, by: User) -> str:
    """The newest of sharing out the work, a round, the decision to leave seats open, the meeting; says which it was.

    Raises NotRunning, AwaitsAnswer, NothingToUndo.
    """
    now = locked(election)
    what = last_step(now)
    if not what:
        raise NothingToUndo
    if what == "posts":
        now.posts = []
    elif what == "left_open":
        now.rounds = [*now.rounds[:-1], {**now.rounds[-1], "left_open": ""}]
        now.posts = []
    elif what == "round":
        now.rounds, now.posts = now.rounds[:-1], []
    else:
        now.held_on, now.present = None, None
        now.roll = Roll(now.list_of_voters.amendments).stored()
    now.save(update_fields=["posts", "rounds", "held_on", "present", "roll", "updated_at"])
    audit.record("election.undone", of=now, by=by, details={"step": what, "reason": reason.strip()})
    return what


def last_step(election: Election) -> str:
    """What `undo_last` would take back; empty for nothing."""
    if election.posts and election.elects_committee:
        return "posts"
    if election.counts:
        return "left_open" if election.counts[-1].left_open else "round"
    return "meeting" if election.held_on else ""


@transaction.atomic
def cancel(election: Election, *, reason: str, by: User, on: date) -> None:
    """Nothing of it holds; the case stays to be read. Raises NotRunning."""
    now = locked(election, asked=True)
    now.state, now.closed_on, now.asks, now.remark = Election.State.CANCELLED, on, "", reason.strip()
    now.save(update_fields=["state", "closed_on", "asks", "remark", "updated_at"])
    audit.record("election.cancelled", of=now, by=by, details={"reason": reason.strip()})
