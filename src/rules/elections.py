"""Elections of committees: candidates, who is elected, and when the next one is due."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from rules.ballots import MoreVotesThanPresent, yes_needed
from rules.rule import Rule
from rules.rulebook import Rulebook, rulebook
from rules.structure import UnitType
from rules.workdays import add_months

_TERMS = {
    UnitType.COMMITTEE: "committee.term",
    UnitType.TEMPORARY_COMMITTEE: "committee.term",
    UnitType.GENERAL_BRANCH: "general_branch.term",
    UnitType.TEMPORARY_GENERAL_BRANCH: "general_branch.term",
}


class PostponementRefused(ValueError):
    """A new day for an election that the rules do not allow."""


class NotLater(PostponementRefused):
    """The new day is not after the end of the term."""


class TooLate(PostponementRefused):
    """The new day lies beyond what approval from above can allow."""


@dataclass(frozen=True, slots=True)
class Term:
    """`ends` is the day the next election is due; with approval it may be moved to `latest`."""

    began: date
    ends: date
    latest: date
    rule: Rule

    def is_over(self, today: date) -> bool:
        return today > self.ends

    def moved(self, to: date | None) -> "Term":
        """Postponed to a day on record; a day that belongs to no postponement of this term leaves it as it is."""
        return self.postponed(to) if to and self.ends < to <= self.latest else self

    def postponed(self, to: date) -> "Term":
        """The same term ending later, as approved by the level above; raises NotLater or TooLate."""
        if to <= self.ends:
            raise NotLater(f"{to.isoformat()} is not after {self.ends.isoformat()}")
        if to > self.latest:
            raise TooLate(f"{to.isoformat()} is after {self.latest.isoformat()}")
        return replace(self, ends=to)


@dataclass(frozen=True, slots=True)
class Reminder:
    """On `day` the level above and the unit are told that the term ends in so many months."""

    day: date
    months_before: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Elected:
    """`undecided` are tied over the last seats and stand again; `empty_seats` are filled by another election."""

    elected: tuple[str, ...]
    undecided: tuple[str, ...]
    empty_seats: int


def term(
    unit_type: UnitType,
    elected_on: date,
    *,
    in_village_or_community: bool = False,
    years: int | None = None,
    book: Rulebook | None = None,
) -> Term:
    """The term that began on `elected_on`. `years` is for units whose approval from above fixed another length."""
    if years is not None and years < 1:
        raise ValueError("years must be at least 1")
    chosen = book or rulebook()
    rule = _term_rule(chosen, unit_type, in_village_or_community=in_village_or_community, on=elected_on)
    ends = add_months(elected_on, 12 * (years or rule.integer("years")))
    postponed = chosen.get("election.postponement")
    return Term(elected_on, ends, add_months(ends, postponed.integer("months")), rule)


def reminders(of: Term) -> tuple[Reminder, ...]:
    """When to speak of the coming election, earliest first; counted back from the end, postponed or not."""
    rule = rulebook().get("election.reminders")
    months = sorted(rule.parameters["months_before"], reverse=True)
    return tuple(Reminder(add_months(of.ends, -number), number, rule) for number in months)


def reminder_on(of: Term, today: date) -> Reminder | None:
    """The reminder that stands on a day: the last one begun, until the term is over. None before the first."""
    begun = [reminder for reminder in reminders(of) if reminder.day <= today]
    return begun[-1] if begun and not of.is_over(today) else None


def candidates_needed(seats: int, *, on: date | None = None, book: Rulebook | None = None) -> int:
    """The fewest candidates for so many seats; one fifth more, rounded up."""
    if seats < 1:
        raise ValueError("seats must be at least 1")
    percent = (book or rulebook()).get("election.more_candidates", on=on).integer("percent")
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


def _term_rule(book: Rulebook, unit_type: UnitType, *, in_village_or_community: bool, on: date) -> Rule:
    code = "branch.term_village_or_community" if in_village_or_community else _TERMS.get(unit_type, "branch.term")
    # terms that began before the rule run under its first version
    return book.get(code, on=on) if book.holds(code, on=on) else book.versions(code)[0]
