"""Elections of committees: candidates, who is elected, and when the next one is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.ballots import MoreVotesThanPresent, yes_needed
from rules.rule import Rule
from rules.rulebook import rulebook
from rules.structure import UnitType
from rules.workdays import add_months

_BRANCH_TERM, _COMMITTEE_TERM = "branch.term", "committee.term"
_VILLAGE_TERM = "branch.term_village_or_community"


@dataclass(frozen=True, slots=True)
class Term:
    """`ends` is the day the next election is due; with approval it may be moved to `latest`."""

    began: date
    ends: date
    latest: date
    rule: Rule

    def is_over(self, today: date) -> bool:
        return today > self.ends


@dataclass(frozen=True, slots=True)
class Elected:
    """`undecided` are tied over the last seats and stand again; `empty_seats` are filled by another election."""

    elected: tuple[str, ...]
    undecided: tuple[str, ...]
    empty_seats: int


def term(
    unit_type: UnitType, elected_on: date, *, in_village_or_community: bool = False, years: int | None = None
) -> Term:
    """The term that began on `elected_on`. `years` is for units whose approval from above fixed another length."""
    rule = _term_rule(unit_type, in_village_or_community=in_village_or_community, on=elected_on)
    ends = add_months(elected_on, 12 * (years or rule.integer("years")))
    postponed = rulebook().get("election.postponement")
    return Term(elected_on, ends, add_months(ends, postponed.integer("months")), rule)


def candidates_needed(seats: int) -> int:
    """The fewest candidates for so many seats; one fifth more, rounded up."""
    if seats < 1:
        raise ValueError("seats must be at least 1")
    percent = rulebook().get("election.more_candidates").integer("percent")
    return seats + -(-seats * percent // 100)


def count_election(votes: Mapping[str, int], *, entitled: int, present: int, seats: int) -> Elected:
    """Who is elected: more than half of those entitled, the highest first. Ties over the last seat stay undecided.

    Raises MoreVotesThanPresent when a candidate has more votes than people were there.
    """
    for candidate, count in votes.items():
        if not 0 <= count <= present:
            raise MoreVotesThanPresent(f"{candidate}: {count} votes of {present}")
    over_half = sorted((name for name in votes if votes[name] >= yes_needed(entitled)), key=lambda name: -votes[name])
    if len(over_half) <= seats:
        return Elected(tuple(over_half), (), seats - len(over_half))
    last, next_one = votes[over_half[seats - 1]], votes[over_half[seats]]
    if last > next_one:
        return Elected(tuple(over_half[:seats]), (), 0)
    safe = tuple(name for name in over_half if votes[name] > last)
    return Elected(safe, tuple(name for name in over_half if votes[name] == last), seats - len(safe))


def _term_rule(unit_type: UnitType, *, in_village_or_community: bool, on: date) -> Rule:
    book = rulebook()
    if in_village_or_community:
        code = _VILLAGE_TERM
    elif unit_type in {UnitType.COMMITTEE, UnitType.TEMPORARY_COMMITTEE}:
        code = _COMMITTEE_TERM
    else:
        code = _BRANCH_TERM
    # terms that began before the rule run under its first version
    return book.get(code, on=on) if book.holds(code, on=on) else book.versions(code)[0]
