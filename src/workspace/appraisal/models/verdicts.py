"""The grade that the branch settles on (评定等次)."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.stored import Stored
from workspace.appraisal.models.ballots import Grade


class Decider(models.TextChoices):
    COMMITTEE = "committee", _("支部委员会")
    ASSEMBLY = "assembly", _("支部党员大会")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Stored):
    """`reason` is needed where the grade is not the one that most ballots said."""

    member: int
    grade: str
    reason: str = ""

    def __post_init__(self) -> None:
        if self.grade not in Grade.values:
            raise ValueError(f"no grade {self.grade}")

    @property
    def label(self) -> str:
        return str(Grade(self.grade).label)
