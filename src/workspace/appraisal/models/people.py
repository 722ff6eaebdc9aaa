"""Who takes part (参加评议的党员), as they stood on the cut-off day; frozen when the appraisal is opened."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.stored import Stored

NOTE = 200  # characters of a note or a reason


class Part(models.TextChoices):
    """How somebody takes part."""

    GRADED = "graded", _("参加，评定等次")
    UNGRADED = "ungraded", _("参加，不评定等次")
    EXCUSED = "excused", _("不参加")


class Why(models.TextChoices):
    PROBATIONARY = "probationary", _("预备党员")
    INFIRM = "infirm", _("年老体弱")
    ILL = "ill", _("长期患病，生活不能自理")
    ABROAD = "abroad", _("出国（境）")
    AWAY = "away", _("外出流动，在流入地参加")
    MOVED = "moved", _("组织关系已转出")
    OTHER = "other", _("其他")


BY_PEOPLE = tuple(why for why in Why if why != Why.PROBATIONARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Stored):
    """`why` and `note` say why somebody is not graded; `by` who decided it, empty where the rule did."""

    member: int
    name: str
    part: str = Part.GRADED.value
    why: str = ""
    note: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        if self.part not in Part.values:
            raise ValueError(f"nobody takes part as {self.part}")
        if bool(self.why) == self.is_graded or self.why not in {"", *Why.values}:
            raise ValueError(f"no reason: {self.why}")

    @property
    def is_probationary(self) -> bool:
        return self.why == Why.PROBATIONARY

    @property
    def is_graded(self) -> bool:
        return self.part == Part.GRADED

    @property
    def takes_part(self) -> bool:
        return self.part != Part.EXCUSED

    @property
    def part_label(self) -> str:
        return str(Part(self.part).label)

    @property
    def reason(self) -> str:
        """In words, with the note."""
        words = str(Why(self.why).label) if self.why else ""
        return "：".join(part for part in (words, self.note) if part)
