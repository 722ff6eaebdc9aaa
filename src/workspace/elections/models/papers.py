"""What goes up to the level above and comes back: a request, its day and number, and the answer."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.stored import Stored


class About(models.TextChoices):
    REQUEST = "request", _("换届请示")
    CANDIDATES = "candidates", _("候选人预备人选")
    RESULT = "result", _("选举结果")
    POSTPONEMENT = "postponement", _("延期换届")


APPROVED, RETURNED = "approved", "returned"
NOTE = 300  # characters of a note or a reason
NUMBER = 60  # characters of a document's number


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Stored):
    """`until` is the day to which an election is to be postponed. `decision` is empty while nobody has answered;
    `decided_number` the number of the answer (批复)."""

    DAYS: ClassVar = ("on", "until", "decided_on")

    about: str
    on: date
    by: str
    number: str = ""
    note: str = ""
    until: date | None = None
    decision: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    decided_number: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if self.about not in About.values:
            raise ValueError(f"a paper about {self.about}")
        if self.decision not in {"", APPROVED, RETURNED}:
            raise ValueError(f"a paper that is {self.decision}")
        if bool(self.decision) != bool(self.decided_on):
            raise ValueError("an answer has a day")
        if self.about == About.POSTPONEMENT and self.until is None:
            raise ValueError("a postponement says until when")

    @property
    def is_open(self) -> bool:
        return not self.decision

    @property
    def is_approved(self) -> bool:
        return self.decision == APPROVED

    @property
    def label(self) -> str:
        return str(About(self.about).label)
