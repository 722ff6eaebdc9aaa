"""The ballot (民主测评): marks by person. Who marked whom how is stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from rules import AppraisalGrade
from shared.stored import Stored

GRADES = tuple(grade.value for grade in AppraisalGrade)
ABSTAIN = "abstain"
MARKS = (*GRADES, ABSTAIN)


class Grade(models.TextChoices):
    """《中国共产党党员教育管理工作条例》 article 18 and the yearly notices; the same as `rules.AppraisalGrade`."""

    EXCELLENT = "excellent", _("优秀")
    QUALIFIED = "qualified", _("合格")
    BASIC = "basic", _("基本合格")
    UNQUALIFIED = "unqualified", _("不合格")


class Way(models.TextChoices):
    PAPER = "paper", _("纸质测评表")
    PHONE = "phone", _("手机无记名测评")


Tally = Mapping[str, Mapping[str, int]]  # by the member's key, then by the mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Stored):
    """The ballot that is on. `voted` holds who has voted by phone, sorted so that the order says nothing; the marks
    are counts alone, from the first vote on."""

    DAYS: ClassVar = ("on",)

    way: str
    on: date
    voted: tuple[int, ...] = ()
    tally: Tally = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.way not in Way.values:
            raise ValueError(f"nobody votes by {self.way}")

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        return super(Box, cls).of(stored | {"voted": tuple(stored.get("voted", ()))})

    def stored(self) -> dict[str, Any]:
        said = super(Box, self).stored()
        return said | ({"voted": list(self.voted)} if self.voted else {})

    def with_vote(self, voter: int, marks: Mapping[int, str]) -> "Box":
        """One more ballot, forgotten as soon as it is counted."""
        tally = {key: dict(counts) for key, counts in self.tally.items()}
        for member, mark in marks.items():
            counts = tally.setdefault(str(member), {})
            counts[mark] = counts.get(mark, 0) + 1
        return replace(self, voted=tuple(sorted((*self.voted, voter))), tally=tally)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot(Stored):
    """The result as counted."""

    DAYS: ClassVar = ("on",)

    way: str
    on: date
    voters: int
    issued: int
    returned: int
    valid: int
    tally: Tally
    by: str = ""

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        return super(Ballot, cls).of({"voters": 0, "issued": 0, "returned": 0, "valid": 0, "tally": {}} | stored)

    @property
    def way_label(self) -> str:
        return str(Way(self.way).label)

    def marks(self, member: int) -> dict[str, int]:
        """All five, those that nobody gave as 0."""
        counts = self.tally.get(str(member), {})
        return {mark: counts.get(mark, 0) for mark in MARKS}

    def leading(self, member: int) -> list[str]:
        """The grades with the most votes; several at a tie, none where all abstained."""
        marks = self.marks(member)
        most = max(marks[grade] for grade in GRADES)
        return [grade for grade in GRADES if most and marks[grade] == most]
