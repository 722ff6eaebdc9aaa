"""Study hours, and whom no hard requirement binds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules.kinds import EventKind
from rules.rulebook import Rulebook, rulebook


def study_hours(
    *, leads: bool = False, is_infirm: bool = False, on: date | None = None, book: Rulebook | None = None
) -> int | None:
    """Hours of study owed a year; None for the old, infirm, seriously ill or disabled, who leave the denominator.

    `leads` is for secretaries and committee members, whose figure still has to be verified.
    """
    if is_infirm:
        return None
    rule = (book or rulebook()).get("education.leaders_hours" if leads else "education.study_hours", on=on)
    return rule.integer("hours")


def is_care(kinds: Collection[EventKind]) -> bool:
    """Whether an event brought education to the door of those who cannot come."""
    care = rulebook().get("education.infirm").parameters["care_kinds"]
    return any(kind in care for kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """One member's year: certified hours, how often they were there of how often they were asked."""

    hours: Decimal = Decimal(0)
    leads: bool = False
    is_infirm: bool = False
    attended: int = 0
    invited: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """`part` of `whole`; `exempt` people stand outside both."""

    part: int
    whole: int
    exempt: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nobody is counted."""
        return self.part / self.whole if self.whole else None


def hours_reached(learners: Iterable[Learner], *, on: date | None = None, book: Rulebook | None = None) -> Reached:
    """How many have the hours of the year. The infirm stand outside: no hard requirement binds them."""
    owed = [
        (learner, study_hours(leads=learner.leads, is_infirm=learner.is_infirm, on=on, book=book))
        for learner in learners
    ]
    bound = [(learner, hours) for learner, hours in owed if hours is not None]
    return Reached(sum(learner.hours >= hours for learner, hours in bound), len(bound), len(owed) - len(bound))


def attendance(learners: Iterable[Learner]) -> Reached:
    """How often people came of how often they were asked. The infirm stand outside; a visit to them is care instead."""
    everybody = list(learners)
    bound = [learner for learner in everybody if not learner.is_infirm]
    return Reached(
        sum(learner.attended for learner in bound),
        sum(learner.invited for learner in bound),
        len(everybody) - len(bound),
    )
