"""Where a member stands on a day."""

from dataclasses import dataclass
from datetime import date

from rules.probation import probation_ends
from shared.codes.people import FULL, MEMBERS, PROBATIONARY
from workspace.members.standing.words import Punishment


@dataclass(frozen=True, slots=True)
class Standing:
    """`category` is empty before the books know of the person. `punishment` is empty without one in force."""

    category: str = ""
    joined_on: date | None = None
    converted_on: date | None = None
    probation_extension: int | None = None
    is_floating: bool = False
    is_lost_contact: bool = False
    is_present: bool = False
    left_on: date | None = None
    left_for: str = ""
    left_note: str = ""
    unit_id: int | None = None
    punishment: str = ""
    punished_until: date | None = None

    @property
    def is_member(self) -> bool:
        return self.is_present and self.category in MEMBERS

    @property
    def has_vote(self) -> bool:
        """Full members, but for those on probation within the Party (留党察看) (选举工作条例 art. 5)."""
        return self.is_present and self.category == FULL and self.punishment != Punishment.OBSERVATION

    @property
    def probation_ends(self) -> date | None:
        """The last day of probation, an extension included; None without one."""
        if self.category != PROBATIONARY or self.joined_on is None:
            return None
        return probation_ends(self.joined_on, extension=self.probation_extension)

    def is_punished(self, on: date) -> bool:
        """Under discipline: until its day, and without one until somebody records its end."""
        if not self.punishment:
            return False
        if self.punishment == Punishment.OBSERVATION or self.punished_until is None:
            return True
        return on <= self.punished_until
