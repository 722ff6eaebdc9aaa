"""Quorum and majority. Both are measured on those entitled to vote, never on those who came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from rules.rule import Rule
from rules.rulebook import rulebook


class ImpossibleCount(ValueError):
    """A count no meeting can have."""


class NegativeCount(ImpossibleCount):
    pass


class NobodyEntitled(ImpossibleCount):
    pass


class MorePresentThanEntitled(ImpossibleCount):
    pass


class MoreVotesThanPresent(ImpossibleCount):
    pass


class MoreWithoutVoteThanMembers(ImpossibleCount):
    pass


class WrittenOpinionsNotCounted(ImpossibleCount):
    """Only a vote on admission counts the opinions of those who are absent."""


class VoteKind(StrEnum):
    ORDINARY = "ordinary"
    ADMISSION = "admission"
    ELECTION = "election"

    @property
    def label(self) -> str:
        return {"ordinary": "一般表决", "admission": "发展党员表决", "election": "选举"}[self.value]

    @property
    def label_en(self) -> str:
        return {"ordinary": "Ordinary vote", "admission": "Vote on admission", "election": "Election"}[self.value]

    def rule(self, on: date | None = None) -> Rule:
        return rulebook().get(_RULES[self], on=on)


_RULES = {
    VoteKind.ORDINARY: "branch.general_meeting_vote",
    VoteKind.ADMISSION: "admission.ballot",
    VoteKind.ELECTION: "election.ballot",
}


def entitled_count(members: int, *, probationary: int = 0, on_probation_within_party: int = 0) -> int:
    """Members with a vote: all, less probationary members and those 留党察看. Nobody may be counted in both."""
    _refuse_negative(members=members, probationary=probationary, on_probation_within_party=on_probation_within_party)
    if probationary + on_probation_within_party > members:
        raise MoreWithoutVoteThanMembers(f"{probationary} + {on_probation_within_party} of {members} members")
    return members - probationary - on_probation_within_party


def present_needed(entitled: int, kind: VoteKind, *, on: date | None = None) -> int:
    """The fewest members with a vote who must be there for the meeting to open."""
    return fewest(kind.rule(on).parameters["ballot"], entitled)


def committee_present_needed(size: int, *, on: date | None = None) -> int:
    """The fewest members of a branch committee who must be there for it to meet."""
    if size < 1:
        raise NobodyEntitled("the committee has nobody")
    return fewest(rulebook().get("branch.committee_quorum", on=on).parameters["quorum"], size)


def yes_needed(entitled: int) -> int:
    """The fewest yes votes that are more than half of those entitled."""
    return entitled // 2 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One vote as counted. Ballots not handed in or not valid are what is left of `present`.

    `written` is the number of absent members whose opinion reached the branch before the meeting; their votes are in
    yes, no and abstain. They do not help the quorum.
    """

    entitled: int
    present: int
    yes: int
    no: int = 0
    abstain: int = 0
    written: int = 0

    def __post_init__(self) -> None:
        _refuse_negative(
            entitled=self.entitled,
            present=self.present,
            yes=self.yes,
            no=self.no,
            abstain=self.abstain,
            written=self.written,
        )
        if self.entitled == 0:
            raise NobodyEntitled("nobody is entitled to vote")
        if self.present + self.written > self.entitled:
            raise MorePresentThanEntitled(f"{self.present} present and {self.written} written of {self.entitled}")
        if self.yes + self.no + self.abstain > self.present + self.written:
            raise MoreVotesThanPresent(f"{self.yes + self.no + self.abstain} votes of {self.present + self.written}")

    def may_open(self, kind: VoteKind, *, on: date | None = None) -> bool:
        """Whether enough came. `on` chooses the version of the rule, the newest without it."""
        self._refuse_written(kind)
        return self.present >= present_needed(self.entitled, kind, on=on)

    def passes(self, kind: VoteKind, *, on: date | None = None) -> bool:
        """Whether enough came and more than half of those entitled said yes."""
        return self.may_open(kind, on=on) and self.yes >= yes_needed(self.entitled)

    def _refuse_written(self, kind: VoteKind) -> None:
        if self.written and kind is not VoteKind.ADMISSION:
            raise WrittenOpinionsNotCounted(f"{self.written} written opinions in a vote of kind {kind.value}")


def fewest(terms: Mapping[str, Any], whole: int) -> int:
    """The fewest of `whole` that reach the quorum which a rule's parameters give as a fraction."""
    share = Fraction(terms["quorum_numerator"], terms["quorum_denominator"]) * whole
    rounded = -(-share.numerator // share.denominator)
    return rounded if terms["quorum_inclusive"] or rounded > share else rounded + 1


def _refuse_negative(**counts: int) -> None:
    for name, count in counts.items():
        if count < 0:
            raise NegativeCount(f"{name} is {count}")
