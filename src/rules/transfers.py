"""Moving the formal relation (组织关系): which paper, how long it is good for, and who is responsible meanwhile.

A letter moves nobody. Until the new organisation accepts, the old one stays responsible.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.membership import letter_expires
from rules.rule import Rule
from rules.rulebook import rulebook
from rules.workdays import Deadline, add_months


class Paper(StrEnum):
    """What a member takes along."""

    CERTIFICATE = "certificate"
    LETTER = "letter"
    FLOATING_CARD = "floating_card"

    @property
    def label(self) -> str:
        return {"certificate": "党员证明信", "letter": "组织关系介绍信", "floating_card": "流动党员活动证"}[self.value]

    @property
    def label_en(self) -> str:
        return {"certificate": "Certificate", "letter": "Transfer letter", "floating_card": "Floating member's card"}[
            self.value
        ]


class LetterState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return _STATES[self][0]

    @property
    def label_en(self) -> str:
        return _STATES[self][1]


_STATES = {
    LetterState.OPEN: ("待接收", "Waiting to be accepted"),
    LetterState.EXPIRED: ("已过期", "Expired"),
    LetterState.ACCEPTED: ("已接收", "Accepted"),
    LetterState.REJECTED: ("未接收", "Not accepted"),
    LetterState.REVOKED: ("已撤回", "Revoked"),
}


class ImpossibleLetter(ValueError):
    """Days no letter can have: closed twice, or before it was issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A transfer letter. `valid_days` is what it says; None takes the default, which is marked 待核实."""

    issued_on: date
    valid_days: int | None = None
    accepted_on: date | None = None
    rejected_on: date | None = None
    revoked_on: date | None = None

    def __post_init__(self) -> None:
        closed = [day for day in (self.accepted_on, self.rejected_on, self.revoked_on) if day]
        if len(closed) > 1:
            raise ImpossibleLetter("a letter is accepted, rejected or revoked once")
        if any(day < self.issued_on for day in closed):
            raise ImpossibleLetter("a letter cannot be closed before it was issued")
        if self.valid_days is not None and self.valid_days < 1:
            raise ImpossibleLetter("a letter is good for at least a day")

    @property
    def expires(self) -> Deadline:
        """Its last day."""
        return letter_expires(self.issued_on, days=self.valid_days)

    def state(self, on: date) -> LetterState:
        """As it stands on a day. An expired letter that is accepted after all counts as accepted: people decided."""
        closed = (
            (self.accepted_on, LetterState.ACCEPTED),
            (self.rejected_on, LetterState.REJECTED),
            (self.revoked_on, LetterState.REVOKED),
        )
        for day, state in closed:
            if day and day <= on:
                return state
        return LetterState.EXPIRED if self.expires.is_past(on) else LetterState.OPEN

    def has_moved(self, on: date) -> bool:
        """Whether the new organisation is responsible; the old one is until then, expired letter or not."""
        return self.state(on) is LetterState.ACCEPTED


@dataclass(frozen=True, slots=True)
class PaperAdvice:
    paper: Paper
    rule: Rule


def paper_for(
    leaves_on: date, returns_on: date | None, *, has_fixed_place: bool, on: date | None = None
) -> PaperAdvice:
    """What a member who leaves takes along. `returns_on` None: nobody knows when.

    Half a year or more at a fixed place moves the relation; up to half a year otherwise is a certificate.
    """
    if returns_on is not None and returns_on < leaves_on:
        raise ValueError("returns_on lies before leaves_on")
    book = rulebook()
    moves = book.get("membership.transfer_when_away", on=on)
    short = book.get("membership.certificate_short_absence", on=on)
    is_long = returns_on is None or returns_on >= add_months(leaves_on, moves.integer("months"))
    if is_long and has_fixed_place:
        return PaperAdvice(Paper.LETTER, moves)
    is_short = returns_on is not None and returns_on <= add_months(leaves_on, short.integer("months"))
    return PaperAdvice(Paper.CERTIFICATE if is_short else Paper.FLOATING_CARD, short)
