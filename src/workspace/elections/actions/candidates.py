"""Who stands (候选人): put together as one list, checked against the seats."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import rules
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections.actions.locking import locked
from workspace.elections.actions.opening import AlreadyHeld
from workspace.elections.models import Election
from workspace.elections.models.candidates import Candidate, Post
from workspace.elections.models.papers import About
from workspace.elections.queries.progress import seats_of
from workspace.elections.queries.rolls import roll_of


class TooFewCandidates(Refusal):
    message = _(
        "应选 {seats} 名委员，候选人的差额不少于 20%，至少要有 {needed} 名候选人，现有 {found} 名。请增加候选人。"
    )


class NobodyStands(Refusal):
    message = _("还没有{post}候选人，至少要有 {needed} 名。")


class StandsWithoutVote(Refusal):
    message = _("{names}不在有选举权的党员名单上，不能作为候选人。请核对名单，或换人。")


class CandidatesApproved(Refusal):
    message = _("候选人预备人选已经批复。要调整的，请在下面勾选“重新报批”。")


@transaction.atomic
def nominate(
    election: Election,
    people: Sequence[Candidate],
    *,
    by: User,
    on: date,
    seen: datetime | None = None,
    again: bool = False,
) -> bool:
    """Everybody who stands, in the order given; whether anything changed. With `again` a list that was approved may be
    changed, and is put before the level above anew.

    Raises NotRunning, AwaitsAnswer, ChangedMeanwhile, AlreadyHeld, StandsWithoutVote, CandidatesApproved.
    """
    now = locked(election, seen=seen)
    if now.held_on:
        raise AlreadyHeld(day=now.held_on)
    voters = {line.member for line in roll_of(now, on=on).voters}
    if without := [one.name for one in people if one.member not in voters]:
        raise StandsWithoutVote(names="、".join(without))
    stored = [one.stored() for one in people]
    if stored == now.candidates:
        return False
    if now.is_approved(About.CANDIDATES):
        if not again:
            raise CandidatesApproved
        now.papers = [paper.stored() for paper in now.sheets if paper.about != About.CANDIDATES]
    now.candidates = stored
    now.save(update_fields=["candidates", "papers", "updated_at"])
    details = {"candidates": [one.member for one in people]}
    audit.record("election.nominated", of=now, by=by, details=details)
    return True


def refuse_too_few(election: Election) -> None:
    """Raises TooFewCandidates for a committee, NobodyStands for a secretary or deputy."""
    people = election.people
    if election.elects_committee:
        needed = rules.candidates_needed(election.seats)
        if len(people) < needed:
            raise TooFewCandidates(seats=election.seats, needed=needed, found=len(people))
        return
    for post in (Post.SECRETARY, Post.DEPUTY):
        needed = seats_of(election, post)
        if sum(one.post == post for one in people) < needed:
            raise NobodyStands(post=post.label, needed=needed)
