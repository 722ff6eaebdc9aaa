"""The ballot (民主测评): begun, voted on by phone or counted from paper. Every count that cannot be is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.appraisal import messages
from workspace.appraisal.actions.locking import NotYet, locked
from workspace.appraisal.actions.meeting import MeetingInTheFuture
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import MARKS, Ballot, Box, Tally, Way
from workspace.appraisal.queries.progress import step_of
from workspace.audit import actions as audit

LEAST_SECRET = 3  # of fewer ballots anybody could tell who said what


class BeforeTheMeeting(Refusal):
    message = _("测评日期不能早于会议（{day}）。")
    status = 400


class NotOpenForVotes(Refusal):
    message = _("现在没有手机测评，可能还没有开始，或已经结束。")


class VotedAlready(Refusal):
    message = _("您已经投过票。测评是无记名的，投出后不能再改。")


class HasNoBallot(Refusal):
    message = _("您不参加这次民主评议，没有测评票。")


class NotAllMarked(Refusal):
    message = _("请给每名党员选一项，不了解的选弃权。还没有选的：{names}。")
    status = 400


class NotOnTheBallot(Refusal):
    message = _("有人不在测评名单上，请核对。")
    status = 400


class TooFewToBeSecret(Refusal):
    message = _("投票的只有 {voted} 人，不足 {least} 人，结果会看出谁投了什么。请等更多人投票，或撤回后改用纸质测评。")


class CountedByPhone(Refusal):
    message = _("这次是手机测评，结果由系统计票，不能手工登记。")


class MoreIssuedThanVoters(Refusal):
    message = _("发出的测评表 {issued} 张，多于参加评议的 {voters} 人。请核对。")
    status = 400


class MoreReturned(Refusal):
    message = _("收回的测评表 {returned} 张，多于发出的 {issued} 张。请核对。")
    status = 400


class MoreValid(Refusal):
    message = _("有效的测评表 {valid} 张，多于收回的 {returned} 张。请核对。")
    status = 400


class NothingReturned(Refusal):
    message = _("没有有效的测评表，不能登记结果。")
    status = 400


class MoreMarksThanValid(Refusal):
    message = _("{name}的票数共 {marks} 票，多于有效的测评表 {valid} 张。请核对。")
    status = 400


class FewerMarksThanValid(Refusal):
    message = _("{name}的票数共 {marks} 票，少于有效的测评表 {valid} 张。没有填的计为弃权。")
    status = 400


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What people counted; `tally` by the member's key, then by the mark."""

    on: date
    issued: int
    returned: int
    valid: int
    tally: Mapping[int, Mapping[str, int]]


@transaction.atomic
def begin(
    appraisal: Appraisal, way: str, *, on: date, by: User, today: date, seen: datetime | None = None
) -> Appraisal:
    """The texts are closed, and the ballot is on. Raises NotRunning, ChangedMeanwhile, NotYet, MeetingInTheFuture,
    BeforeTheMeeting."""
    now = locked(appraisal, seen=seen)
    if step_of(now) != "mutual" or now.mutual_on is None:
        raise NotYet(before=_now("先开始互评；测评只开始一次。"))
    if on > today:
        raise MeetingInTheFuture
    if on < now.mutual_on:
        raise BeforeTheMeeting(day=now.mutual_on)
    now.box = Box(way=way, on=on).stored()
    now.save(update_fields=["box", "updated_at"])
    audit.record("appraisal.ballot_begun", of=now, by=by, details={"way": str(way), "on": on.isoformat()})
    if way == Way.PHONE:
        title = _now("{year}年度民主评议：请投票").format(year=now.year)
        body = _now("无记名：只记下谁投过票，不记谁投了什么。")
        messages.tell(now, now.participants, title, body, but=by)
    return now


@transaction.atomic
def vote(appraisal: Appraisal, voter: int, marks: Mapping[int, str], *, by: User) -> None:
    """One ballot by phone. Kept are that this person has voted, and the counts; nothing that joins the two, neither
    here nor in the record.

    Raises NotRunning, NotOpenForVotes, HasNoBallot, VotedAlready, NotOnTheBallot, NotAllMarked.
    """
    now = locked(appraisal)
    box = refuse_vote(now, voter)
    able = {one.member: one.name for one in now.graded}
    if set(marks) - set(able) or any(mark not in MARKS for mark in marks.values()):
        raise NotOnTheBallot
    if missing := [name for key, name in able.items() if key not in marks]:
        raise NotAllMarked(names="、".join(missing))
    now.box = box.with_vote(voter, marks).stored()
    now.save(update_fields=["box"])
    audit.record("appraisal.voted", of=now, by=by)


def refuse_vote(now: Appraisal, voter: int) -> Box:
    """The box that takes this person's ballot. Raises NotOpenForVotes, HasNoBallot, VotedAlready."""
    box = now.voting
    if box is None or box.way != Way.PHONE or step_of(now) != "ballot":
        raise NotOpenForVotes
    person = now.person(voter)
    if person is None or not person.takes_part:
        raise HasNoBallot
    if voter in box.voted:
        raise VotedAlready
    return box


@transaction.atomic
def close_votes(appraisal: Appraisal, *, by: User, today: date) -> Ballot:
    """The votes by phone are counted. Raises NotRunning, NotOpenForVotes, TooFewToBeSecret."""
    now = locked(appraisal)
    box = now.voting
    if box is None or box.way != Way.PHONE or step_of(now) != "ballot":
        raise NotOpenForVotes
    voted = len(box.voted)
    if voted < LEAST_SECRET:
        raise TooFewToBeSecret(voted=voted, least=LEAST_SECRET)
    return _count(
        now, Ballot(
            way=box.way, on=today, voters=len(now.participants), issued=len(now.participants), returned=voted,
            valid=voted, tally=box.tally, by=by.name,
        ), by=by,
    )  # fmt: skip


@transaction.atomic
def count(appraisal: Appraisal, counted: Counted, *, by: User, today: date, seen: datetime | None = None) -> Ballot:
    """The paper ballots as counted; may be put right until grades are settled.

    Raises NotRunning, ChangedMeanwhile, NotYet, CountedByPhone, and what no count can be.
    """
    now = locked(appraisal, seen=seen)
    box = now.voting
    if box is None or now.verdicts:
        raise NotYet(before=_now("先开始测评；评定等次之后不能再改计票结果。"))
    if box.way != Way.PAPER:
        raise CountedByPhone
    if counted.on > today:
        raise MeetingInTheFuture
    if now.mutual_on and counted.on < now.mutual_on:
        raise BeforeTheMeeting(day=now.mutual_on)
    _refuse_wrong_people(now, counted)
    _refuse_impossible(now, counted)
    tally: Tally = {
        str(key): {mark: number for mark, number in marks.items() if number} for key, marks in counted.tally.items()
    }
    made = Ballot(
        way=box.way, on=counted.on, voters=len(now.participants), issued=counted.issued, returned=counted.returned,
        valid=counted.valid, tally=tally, by=by.name,
    )  # fmt: skip
    return _count(now, made, by=by)


def _count(now: Appraisal, made: Ballot, *, by: User) -> Ballot:
    """The counts move from the box into the result; who voted stays in the box."""
    box = now.voting
    if box is not None:
        now.box = Box(way=box.way, on=box.on, voted=box.voted).stored()
    now.ballot = made.stored()
    now.save(update_fields=["box", "ballot", "updated_at"])
    details = {"voters": made.voters, "issued": made.issued, "returned": made.returned, "valid": made.valid}
    audit.record("appraisal.counted", of=now, by=by, details=details)
    return made


def _refuse_wrong_people(now: Appraisal, counted: Counted) -> None:
    able = {one.member: one.name for one in now.graded}
    wrong = any(mark not in MARKS for marks in counted.tally.values() for mark in marks)
    if set(counted.tally) - set(able) or wrong:
        raise NotOnTheBallot
    if missing := [name for key, name in able.items() if key not in counted.tally]:
        raise NotAllMarked(names="、".join(missing))


def _refuse_impossible(now: Appraisal, counted: Counted) -> None:
    voters = len(now.participants)
    values = {"voters": voters, "issued": counted.issued, "returned": counted.returned, "valid": counted.valid}
    if counted.issued > voters:
        raise MoreIssuedThanVoters(**values)
    if counted.returned > counted.issued:
        raise MoreReturned(**values)
    if counted.valid > counted.returned:
        raise MoreValid(**values)
    if counted.valid < 1:
        raise NothingReturned
    for one in now.graded:
        marks = sum(counted.tally[one.member].values())
        if marks != counted.valid:
            refusal = MoreMarksThanValid if marks > counted.valid else FewerMarksThanValid
            raise refusal(name=one.name, marks=marks, valid=counted.valid)
