"""Which organisation so many members make, and how large its committee is."""

from dataclasses import dataclass
from datetime import date

from rules.rule import Rule
from rules.rulebook import rulebook
from rules.structure import UnitType


@dataclass(frozen=True, slots=True)
class CommitteeSize:
    """From `usual_minimum` to `usual_maximum` people, generally no more than `maximum`."""

    usual_minimum: int
    usual_maximum: int
    maximum: int
    rule: Rule

    def allows(self, size: int) -> bool:
        return self.usual_minimum <= size <= self.maximum


def usual_unit_type(full_members: int, members: int, *, on: date | None = None) -> UnitType:
    """The organisation that the numbers speak for; the level above decides. Too few for a branch means a joint one.

    `members` are full and probationary together. Raises ValueError when the counts cannot be.
    """
    if not 0 <= full_members <= members:
        raise ValueError("full_members must lie between 0 and members")
    book = rulebook()
    if members >= book.get("committee.threshold", on=on).integer("minimum_members"):
        return UnitType.COMMITTEE
    if members >= book.get("general_branch.threshold", on=on).integer("minimum_members"):
        return UnitType.GENERAL_BRANCH
    if full_members >= book.get("branch.minimum_members", on=on).integer("minimum_full_members"):
        return UnitType.BRANCH
    return UnitType.JOINT_BRANCH


def needs_committee(full_members: int, *, on: date | None = None) -> bool:
    """Whether a branch of so many full members sets up a branch committee; below that it has a secretary."""
    return full_members >= rulebook().get("branch.committee_required", on=on).integer("minimum_full_members")


def committee_size(*, on: date | None = None) -> CommitteeSize:
    smallest = rulebook().get("branch.committee_smallest", on=on)
    largest = rulebook().get("branch.committee_largest", on=on)
    return CommitteeSize(
        smallest.integer("usual_minimum"), smallest.integer("usual_maximum"), largest.integer("maximum"), largest
    )
