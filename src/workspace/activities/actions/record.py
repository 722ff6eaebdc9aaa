"""The record of an activity: minutes, votes, resolutions, and its closing."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rules.ballots import Ballot, ImpossibleCount, VoteKind
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.activities.actions.obligations import reassess
from workspace.activities.actions.roll import AlreadyOver
from workspace.activities.models import Activity, Minutes, Obligation, Resolution, Vote
from workspace.activities.queries.events import owner_path
from workspace.audit import actions as audit
from workspace.members.models import Member
from workspace.organization.models import Unit


class ImpossibleVote(Refusal):
    message = _("票数有误：到会（含书面意见）不能超过应到会有表决权的人数，赞成、反对、弃权之和不能超过收到的票数。")
    status = 400


class NotBegun(Refusal):
    message = _("「{activity}」还没有开始，不能归档。")


class NoRoll(Refusal):
    message = _("「{activity}」还没有登记到会人员。请先点名或补登签到，再归档。")


class NotClosed(Refusal):
    message = _("「{activity}」没有归档。")


class ReasonForReopeningMissing(Refusal):
    message = _("请写明重新打开的原因。")
    status = 400


class AlreadyDone(Refusal):
    message = _("「{resolution}」已经办结。")


class NotDone(Refusal):
    message = _("「{resolution}」还没有办结。")


@transaction.atomic
def write_minutes(activity: Activity, *, text: str, by: User) -> Minutes:
    """Write or rewrite the minutes of an activity that is not closed."""
    _refuse_over(activity)
    minutes, created = Minutes.objects.update_or_create(activity=activity, defaults={"text": text, "recorder": by})
    audit.record("activity.minutes_written", of=activity, by=by, details={"first": created, "characters": len(text)})
    return minutes


@transaction.atomic
def count_vote(
    activity: Activity,
    *,
    motion: str,
    kind: VoteKind,
    ballot: Ballot,
    is_secret: bool,
    by: User,
    at: datetime,
) -> Vote:
    """Put a counted vote on record with the verdict of the rule in force that day, measured on those entitled."""
    _refuse_over(activity)
    rule = kind.rule(activity.day)
    try:
        passed = ballot.passes(kind, on=activity.day)
    except ImpossibleCount as error:
        raise ImpossibleVote from error
    vote = Vote.objects.create(
        activity=activity,
        motion=motion,
        kind=kind.value,
        rule_key=rule.key,
        is_secret=is_secret or kind is not VoteKind.ORDINARY,  # admissions and elections are always secret
        entitled=ballot.entitled,
        present=ballot.present,
        written=ballot.written,
        yes=ballot.yes,
        no=ballot.no,
        abstain=ballot.abstain,
        passed=passed,
        at=at,
        by=by,
    )
    audit.record("activity.vote_counted", of=activity, by=by, details={"vote": vote.pk, "passed": passed})
    return vote


@transaction.atomic
def strike_vote(vote: Vote, *, by: User) -> None:
    """Take a vote that was entered wrongly off the record, before the activity is closed."""
    _refuse_over(vote.activity)
    audit.record("activity.vote_struck", of=vote.activity, by=by, details={"vote": vote.pk, "motion": vote.motion})
    vote.delete()


@transaction.atomic
def resolve(activity: Activity, *, text: str, owner: Member | None, due: date | None, by: User) -> Resolution:
    """Note a decision, with who sees to it and by when."""
    _refuse_over(activity)
    resolution = Resolution.objects.create(activity=activity, text=text, owner=owner, due=due)
    audit.record("resolution.made", of=resolution, by=by, details={"activity": activity.pk})
    return resolution


@transaction.atomic
def strike_resolution(resolution: Resolution, *, by: User) -> None:
    """Take a resolution entered by mistake off the record, before the activity is closed."""
    _refuse_over(resolution.activity)
    audit.record("resolution.struck", of=resolution, by=by, details={"activity": resolution.activity_id})
    resolution.delete()


@transaction.atomic
def finish(resolution: Resolution, *, by: User, note: str, at: datetime) -> Resolution:
    """Report a resolution done."""
    if resolution.is_done:
        raise AlreadyDone(resolution=resolution)
    resolution.done_at, resolution.done_by, resolution.done_note = at, by, note.strip()
    resolution.save(update_fields=["done_at", "done_by", "done_note"])
    audit.record("resolution.done", of=resolution, by=by)
    return resolution


@transaction.atomic
def take_up_again(resolution: Resolution, *, by: User) -> Resolution:
    """It was not done after all."""
    if not resolution.is_done:
        raise NotDone(resolution=resolution)
    resolution.done_at, resolution.done_by, resolution.done_note = None, None, ""
    resolution.save(update_fields=["done_at", "done_by", "done_note"])
    audit.record("resolution.taken_up_again", of=resolution, by=by)
    return resolution


@transaction.atomic
def close(activity: Activity, *, by: User, at: datetime, report: str = "") -> list[Obligation]:
    """Put it on record. Returns the obligations whose state this changed. Raises NotBegun, NoRoll, AlreadyOver."""
    _refuse_over(activity)
    if at < activity.starts_at:
        raise NotBegun(activity=activity)
    if any(kind.is_gathering for kind in activity.event_kinds) and not activity.check_ins.exists():
        raise NoRoll(activity=activity)
    activity.closed_at, activity.closed_by, activity.report = at, by, report.strip()
    activity.recorded_at = activity.recorded_at or at
    activity.check_in_closed_at = activity.check_in_closed_at or (at if activity.check_in_opened_at else None)
    activity.save(update_fields=["closed_at", "closed_by", "report", "recorded_at", "check_in_closed_at", "updated_at"])
    changed = _judge_again(activity, on=timezone.localdate(at))
    audit.record("activity.closed", of=activity, by=by, details={"obligations": [row.key for row in changed]})
    return changed


@transaction.atomic
def reopen(activity: Activity, *, by: User, at: datetime, reason: str) -> list[Obligation]:
    """Open a closed record again, with a reason. It counts for nothing until it is closed once more; the day of its
    first record is kept, so that putting a mistake right does not make it late."""
    if not activity.is_closed:
        raise NotClosed(activity=activity)
    if not reason.strip():
        raise ReasonForReopeningMissing
    activity.closed_at, activity.closed_by = None, None
    activity.save(update_fields=["closed_at", "closed_by", "updated_at"])
    audit.record("activity.reopened", of=activity, by=by, details={"reason": reason.strip()})
    return _judge_again(activity, on=timezone.localdate(at))


def _judge_again(activity: Activity, *, on: date) -> list[Obligation]:
    """Every year the activity may count in: its own, and those of the obligations it makes up for."""
    unit = Unit.objects.get(path=owner_path(activity.unit))
    years = {activity.day.year, *(int(key.partition("/")[2][:4]) for key in activity.aims)}
    return [row for year in sorted(years) for row in reassess([unit], year=year, on=on)]


def _refuse_over(activity: Activity) -> None:
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
