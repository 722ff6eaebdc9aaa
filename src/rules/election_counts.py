"""One ballot of an election as counted: what cannot be, whether the meeting counts, and who is elected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.ballots import (
    ImpossibleCount,
    MorePresentThanEntitled,
    NegativeCount,
    NobodyEntitled,
    fewest,
)
from rules.elections import Elected, count_election
from rules.rule import Rule
from rules.rulebook import rulebook


class MoreIssuedThanPresent(ImpossibleCount):
    """More ballots were handed out than people with a vote were there."""


class MoreReturnedThanIssued(ImpossibleCount):
    """More ballots came back than were handed out: the vote does not count and is held again."""


class MoreValidThanReturned(ImpossibleCount):
    pass


class MoreVotesThanValid(ImpossibleCount):
    """One candidate has more marks than there are valid ballots. The text is the candidate's key."""


class MoreChosenThanSeats(ImpossibleCount):
    """All votes together are more than the valid ballots could hold."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the valid ballots say of one candidate."""

    yes: int
    no: int = 0
    abstain: int = 0

    @property
    def all(self) -> int:
        return self.yes + self.no + self.abstain


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionBallot:
    """Counts of one ballot over `seats`; `marks` by the candidate's key. Raises an ImpossibleCount.

    A ballot on which more are chosen than there are seats is not valid, so all yes votes fit into seats × valid.
    """

    entitled: int
    present: int
    issued: int
    returned: int
    valid: int
    seats: int
    marks: Mapping[str, Marks]

    def __post_init__(self) -> None:
        self._refuse_negative()
        if self.entitled == 0:
            raise NobodyEntitled("nobody is entitled to vote")
        if self.present > self.entitled:
            raise MorePresentThanEntitled(f"{self.present} present of {self.entitled}")
        if self.issued > self.present:
            raise MoreIssuedThanPresent(f"{self.issued} ballots for {self.present}")
        if self.returned > self.issued:
            raise MoreReturnedThanIssued(f"{self.returned} of {self.issued} ballots")
        if self.valid > self.returned:
            raise MoreValidThanReturned(f"{self.valid} valid of {self.returned} ballots")
        for candidate, marks in self.marks.items():
            if marks.all > self.valid:
                raise MoreVotesThanValid(candidate)
        if (chosen := sum(marks.yes for marks in self.marks.values())) > self.seats * self.valid:
            raise MoreChosenThanSeats(f"{chosen} votes on {self.valid} ballots for {self.seats} seats")

    @property
    def invalid(self) -> int:
        return self.returned - self.valid

    def may_open(self, *, on: date | None = None) -> bool:
        """Whether four fifths of those entitled were there."""
        return self.present >= voters_needed(self.entitled, on=on)

    def result(self) -> Elected:
        """Who is elected, by votes; ties over the last seat and empty seats are left for people to decide."""
        yes = {candidate: marks.yes for candidate, marks in self.marks.items()}
        return count_election(yes, entitled=self.entitled, present=self.valid, seats=self.seats)

    def _refuse_negative(self) -> None:
        counts = {name: getattr(self, name) for name in ("entitled", "present", "issued", "returned", "valid")}
        for candidate, marks in self.marks.items():
            counts |= {f"{candidate} {name}": getattr(marks, name) for name in ("yes", "no", "abstain")}
        for name, count in counts.items():
            if count < 0:
                raise NegativeCount(f"{name} is {count}")
        if self.seats < 1:
            raise NegativeCount("there is no seat to fill")


def voters_needed(entitled: int, *, on: date | None = None) -> int:
    """The fewest of those entitled who must be there for an election to be held."""
    return fewest(rulebook().get("election.ballot", on=on).parameters["ballot"], entitled)


def ballot_rules(on: date | None = None) -> tuple[Rule, ...]:
    """What a page of counts rests on: quorum and majority, valid ballots, who is left out of those entitled."""
    codes = ("election.ballot", "election.valid_ballots", "election.not_counted")
    return tuple(rulebook().get(code, on=on) for code in codes)
