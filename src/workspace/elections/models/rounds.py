"""One ballot as it was counted (一轮投票)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from rules import Elected, ElectionBallot, Marks
from shared.stored import Stored
from workspace.elections.models.candidates import LED_BY, Post

PURPOSES = (Post.COMMITTEE.value, *(post.value for post in LED_BY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Stored):
    """`purpose` is the post voted on, `votes` by the member's key, `left_open` why seats that nobody won stay empty."""

    DAYS: ClassVar = ("on",)

    purpose: str
    on: date
    seats: int
    entitled: int
    present: int
    issued: int
    returned: int
    valid: int
    votes: Mapping[str, Marks]
    left_open: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        if self.purpose not in PURPOSES:
            raise ValueError(f"nobody is elected {self.purpose}")

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        votes = {key: Marks(*marks) for key, marks in stored["votes"].items()}
        return super(Round, cls).of({**stored, "votes": votes})

    def stored(self) -> dict[str, Any]:
        said = super(Round, self).stored()
        votes = {key: [marks.yes, marks.no, marks.abstain] for key, marks in self.votes.items()}
        return {**said, "votes": votes}

    @property
    def ballot(self) -> ElectionBallot:
        """Checked once more by the rules; raises an ImpossibleCount."""
        return ElectionBallot(
            entitled=self.entitled,
            present=self.present,
            issued=self.issued,
            returned=self.returned,
            valid=self.valid,
            seats=self.seats,
            marks=self.votes,
        )

    @property
    def result(self) -> Elected:
        return self.ballot.result()

    @property
    def elected(self) -> list[int]:
        return [int(key) for key in self.result.elected]

    @property
    def undecided(self) -> list[int]:
        """Tied over the last seat."""
        return [int(key) for key in self.result.undecided]
