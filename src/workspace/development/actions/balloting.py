"""What a secret ballot decides: quorum and majority of those entitled, in words that say what is missing."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from rules import (
    Ballot,
    ImpossibleCount,
    MorePresentThanEntitled,
    MoreVotesThanPresent,
    NobodyEntitled,
    Node,
    Outcome,
    VoteKind,
    present_needed,
    yes_needed,
)
from shared.refusals import Refusal
from workspace.development.models.details import Details

BY_BALLOT = frozenset({"general_meeting", "conversion_meeting"})
_KIND = VoteKind.ADMISSION


class BallotMissing(Refusal):
    message = _("请填写无记名投票的结果：应到、实到和各项票数。")
    status = 400


class NobodyVotes(Refusal):
    message = _("应到会有表决权的人数不能为零。")
    status = 400


class MoreThanEntitled(Refusal):
    message = _("人数有误：实到 {present} 人加书面意见 {written} 份，超过应到会有表决权的 {entitled} 人。")
    status = 400


class MoreVotesThanPeople(Refusal):
    message = _("票数有误：赞成、反对、弃权共 {votes} 票，超过到会和书面意见合计的 {people} 人。")
    status = 400


class ImpossibleBallot(Refusal):
    message = _("票数有误，请核对。")
    status = 400


class NoQuorum(Refusal):
    message = _(
        "到会人数不足，支部大会不能召开：应到会有表决权 {entitled} 人，至少到会 {needed} 人，实到 {present} 人。"
    )
    status = 400


class NotCarried(Refusal):
    message = _(
        "这个意见没有通过：赞成 {yes} 票，须 {needed} 票（超过应到 {entitled} 人的半数）。请就其他意见表决后登记。"
    )
    status = 400


def outcome_of_ballot(node: Node, told: Details, proposed: Outcome, *, on: date, opened_on: date) -> Outcome:
    """The outcome of a step: for a meeting, whether the ballot carried what was proposed.

    Raises BallotMissing, NobodyVotes, MoreThanEntitled, MoreVotesThanPeople, NoQuorum, NotCarried.
    """
    if node.step.code not in BY_BALLOT:
        return proposed
    if told.ballot is None:
        raise BallotMissing
    ballot, day = told.ballot, max(on, opened_on)
    needed = present_needed(ballot.entitled, _KIND, on=day)
    if not ballot.may_open(_KIND, on=day):
        raise NoQuorum(entitled=ballot.entitled, needed=needed, present=ballot.present)
    if ballot.passes(_KIND, on=day):
        return proposed if proposed is not Outcome.FAILED else Outcome.PASSED
    if node.step.may_fail:
        return Outcome.FAILED
    raise NotCarried(yes=ballot.yes, needed=yes_needed(ballot.entitled), entitled=ballot.entitled)


def counted(*, entitled: int, present: int, yes: int, no: int = 0, abstain: int = 0, written: int = 0) -> Ballot:
    """The counts as the rules know them, refused in words where no meeting can have them."""
    try:
        return Ballot(entitled=entitled, present=present, yes=yes, no=no, abstain=abstain, written=written)
    except NobodyEntitled as error:
        raise NobodyVotes from error
    except MorePresentThanEntitled as error:
        raise MoreThanEntitled(present=present, written=written, entitled=entitled) from error
    except MoreVotesThanPresent as error:
        raise MoreVotesThanPeople(votes=yes + no + abstain, people=present + written) from error
    except ImpossibleCount as error:
        raise ImpossibleBallot from error
