"""The meeting opens (召开党员大会): the list of those entitled is frozen, and enough of them are there."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import rules
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections.actions.candidates import StandsWithoutVote, refuse_too_few
from workspace.elections.actions.locking import NotYet, locked
from workspace.elections.actions.opening import AlreadyHeld
from workspace.elections.models import Election
from workspace.elections.models.papers import About
from workspace.elections.models.rolls import Roll
from workspace.elections.queries.progress import step_of
from workspace.elections.queries.rolls import roll_of


class MeetingInTheFuture(Refusal):
    message = _("党员大会的日期在将来，请在开会当天或之后登记。")
    status = 400


class BeforeApproval(Refusal):
    message = _("候选人预备人选 {day} 才批复，党员大会不能早于这一天。")
    status = 400


class MorePresentThanEntitled(Refusal):
    message = _("人数有误：实到 {present} 人，超过应到会有选举权的 {entitled} 人。")
    status = 400


class TooFewPresent(Refusal):
    message = _(
        "到会人数不足，不能选举：应到会有选举权 {entitled} 人，至少到会 {needed} 人（五分之四），实到 {present} 人。"
    )


@transaction.atomic
def open_meeting(
    election: Election, *, on: date, present: int, by: User, today: date, seen: datetime | None = None
) -> Election:
    """From now on the list stays as it is on that day.

    Raises NotRunning, AwaitsAnswer, ChangedMeanwhile, AlreadyHeld, NotYet, MeetingInTheFuture, BeforeApproval,
    StandsWithoutVote, MorePresentThanEntitled, TooFewPresent.
    """
    now = locked(election, seen=seen)
    if now.held_on:
        raise AlreadyHeld(day=now.held_on)
    if step_of(now) != "meeting":
        raise NotYet(before=_now("先办完换届请示和候选人预备人选的批复。"))
    _refuse_bad_day(now, on, today)
    refuse_too_few(now)
    roll = roll_of(now, on=on)
    voters = {line.member for line in roll.voters}
    if without := [one.name for one in now.people if one.member not in voters]:
        raise StandsWithoutVote(names="、".join(without))
    refuse_absence(present, len(voters), on=on)
    now.held_on, now.present = on, present
    now.roll = Roll(roll.amendments, roll.lines, on).stored()
    now.save(update_fields=["held_on", "present", "roll", "updated_at"])
    details = {"on": on.isoformat(), "entitled": len(voters), "present": present}
    audit.record("election.meeting_opened", of=now, by=by, details=details)
    return now


def refuse_absence(present: int, entitled: int, *, on: date) -> None:
    """Raises MorePresentThanEntitled, TooFewPresent."""
    if present > entitled:
        raise MorePresentThanEntitled(present=present, entitled=entitled)
    needed = rules.voters_needed(entitled, on=on)
    if present < needed:
        raise TooFewPresent(present=present, needed=needed, entitled=entitled)


def _refuse_bad_day(now: Election, on: date, today: date) -> None:
    if on > today:
        raise MeetingInTheFuture
    approved = now.last(About.CANDIDATES)
    if approved and approved.decided_on and on < approved.decided_on:
        raise BeforeApproval(day=approved.decided_on)
