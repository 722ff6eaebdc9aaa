"""Count one ballot (计票), and say what becomes of seats that nobody won."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import rules
from rules import Marks
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections.actions.locking import NotYet, locked
from workspace.elections.actions.meeting import MeetingInTheFuture, refuse_absence
from workspace.elections.models import Election
from workspace.elections.models.candidates import Post
from workspace.elections.models.rounds import Round
from workspace.elections.models.seats import Seat
from workspace.elections.queries.progress import (
    current_purpose,
    entitled_of,
    names_of,
    progress,
    purposes,
    standing_for,
    written_in,
)


class NotToBeVotedOn(Refusal):
    message = _("现在不投这一项，可能刚刚已有人登记。请回到换届页查看。")


class NotStanding(Refusal):
    message = _("有人不在这一轮的候选人中，请核对。")
    status = 400


class NobodyCounted(Refusal):
    message = _("请填写每名候选人的得票。")
    status = 400


class NotAllCounted(Refusal):
    message = _("第一轮要包括全部候选人，还没有填写：{names}。")
    status = 400


class MoreIssued(Refusal):
    message = _("发出的选票 {issued} 张，多于实到会的 {present} 人。请核对。")
    status = 400


class MoreReturned(Refusal):
    message = _("收回的选票 {returned} 张，多于发出的 {issued} 张：选举无效，应当重新选举。填错了的，请更正。")
    status = 400


class MoreValid(Refusal):
    message = _("有效票 {valid} 张，多于收回的 {returned} 张。请核对。")
    status = 400


class MoreVotesThanValid(Refusal):
    message = _("{name}的赞成、反对、弃权共 {votes} 票，多于有效票 {valid} 张。请核对。")
    status = 400


class MoreChosen(Refusal):
    message = _("赞成票共 {chosen} 票，多于有效票 {valid} 张乘以应选 {seats} 人。多选的选票应当计为无效票，请核对。")
    status = 400


class BeforeTheMeeting(Refusal):
    message = _("投票日期不能早于党员大会（{day}）。")
    status = 400


class NothingLeftOpen(Refusal):
    message = _("现在没有空缺的名额需要处理。")


class SecretaryNeeded(Refusal):
    message = _("书记不能空缺，请再次投票。")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What people counted; `votes` by the member's key."""

    on: date
    present: int
    issued: int
    returned: int
    valid: int
    votes: Mapping[int, Marks]


@transaction.atomic
def count(
    election: Election, purpose: str, counted: Counted, *, by: User, today: date, seen: datetime | None = None
) -> Round:
    """One round.

    Raises NotRunning, AwaitsAnswer, ChangedMeanwhile, NotYet, NotToBeVotedOn, and what no count can be.
    """
    now = locked(election, seen=seen)
    if now.held_on is None:
        raise NotYet(before=_now("先登记党员大会。"))
    if current_purpose(now) != purpose:
        raise NotToBeVotedOn
    if counted.on > today:
        raise MeetingInTheFuture
    if counted.on < now.held_on:
        raise BeforeTheMeeting(day=now.held_on)
    _refuse_wrong_people(now, purpose, counted)
    made = Round(
        purpose=purpose,
        on=counted.on,
        seats=progress(now, purpose).left,
        entitled=entitled_of(now, purpose),
        present=counted.present,
        issued=counted.issued,
        returned=counted.returned,
        valid=counted.valid,
        votes={str(key): marks for key, marks in counted.votes.items()},
        by=by.name,
    )
    refuse_absence(made.present, made.entitled, on=made.on)
    _refuse_impossible(made, names_of(now))
    now.rounds = [*now.rounds, made.stored()]
    _settle(now)
    now.save(update_fields=["rounds", "posts", "updated_at"])
    details = {"purpose": purpose, "round": len(now.rounds), "elected": made.elected, "undecided": made.undecided}
    audit.record("election.counted", of=now, by=by, details=details)
    return made


@transaction.atomic
def leave_open(election: Election, *, reason: str, by: User) -> None:
    """The seats that nobody won stay empty for now. Raises NotRunning, AwaitsAnswer, NothingLeftOpen,
    SecretaryNeeded."""
    now = locked(election)
    purpose = current_purpose(now)
    rounds = now.counts
    if not rounds or rounds[-1].purpose != purpose:
        raise NothingLeftOpen
    if purpose == Post.SECRETARY or (not progress(now, purpose).elected and purpose == Post.COMMITTEE):
        raise SecretaryNeeded
    now.rounds = [*now.rounds[:-1], replace(rounds[-1], left_open=reason.strip()).stored()]
    _settle(now)
    now.save(update_fields=["rounds", "posts", "updated_at"])
    audit.record("election.seats_left_open", of=now, by=by, details={"purpose": purpose, "reason": reason.strip()})


def _settle(now: Election) -> None:
    """Where there is no committee, who takes which post follows from the votes alone."""
    if now.elects_committee or current_purpose(now):
        return
    names = names_of(now)
    now.posts = [
        Seat(member=key, name=names[key], post=purpose).stored()
        for purpose in purposes(now)
        for key in progress(now, purpose).elected
    ]


def _refuse_wrong_people(now: Election, purpose: str, counted: Counted) -> None:
    able = standing_for(now, purpose)
    if set(counted.votes) - {*able, *written_in(now, purpose)}:
        raise NotStanding
    if not counted.votes:
        raise NobodyCounted
    is_first_of_meeting = not progress(now, purpose).rounds and not (now.elects_committee and purpose != Post.COMMITTEE)
    missing = [key for key in able if key not in counted.votes]
    if is_first_of_meeting and missing:
        names = names_of(now)
        raise NotAllCounted(names="、".join(names[key] for key in missing))


def _refuse_impossible(made: Round, names: Mapping[int, str]) -> None:
    """The rules' own checks, each in words that say what to look at."""
    values = {"issued": made.issued, "present": made.present, "returned": made.returned, "valid": made.valid}
    try:
        made.ballot  # noqa: B018  checked where it is made
    except rules.MoreIssuedThanPresent as error:
        raise MoreIssued(**values) from error
    except rules.MoreReturnedThanIssued as error:
        raise MoreReturned(**values) from error
    except rules.MoreValidThanReturned as error:
        raise MoreValid(**values) from error
    except rules.MoreVotesThanValid as error:
        key = str(error)
        raise MoreVotesThanValid(name=names[int(key)], votes=made.votes[key].all, valid=made.valid) from error
    except rules.MoreChosenThanSeats as error:
        chosen = sum(marks.yes for marks in made.votes.values())
        raise MoreChosen(chosen=chosen, valid=made.valid, seats=made.seats) from error
