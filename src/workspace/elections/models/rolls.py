"""Who may vote (有选举权的党员名单): worked out of the register, amended by people, frozen when the meeting opens."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.stored import Stored


class Why(models.TextChoices):
    """Why somebody stands on the list without a vote, or was put on it or left out by people."""

    PROBATIONARY = "probationary", _("预备党员，没有选举权")
    OBSERVED = "observed", _("留党察看期间，没有选举权")
    ILL = "ill", _("因病不能表达意志")
    ABROAD = "abroad", _("出国（境）半年以上")
    SERVING = "serving", _("正在服刑")
    BEDRIDDEN = "bedridden", _("年老体弱卧床不起、长期生病生活不能自理")
    AWAY = "away", _("离开单位半年以上，按规定应转未转组织关系")
    OTHER = "other", _("其他")
    JOINED = "joined", _("组织关系已在本组织，名册还没有更新")


LEAVES_OUT = (Why.ILL, Why.ABROAD, Why.SERVING, Why.BEDRIDDEN, Why.AWAY, Why.OTHER)
PUTS_ON = (Why.JOINED, Why.OTHER)
BY_RULE = (Why.PROBATIONARY, Why.OBSERVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Stored):
    """People put somebody on the list, or left somebody out of those entitled; with a reason, always."""

    DAYS: ClassVar = ("on",)

    member: int
    name: str
    is_in: bool = False
    why: str
    note: str = ""
    by: str
    on: date

    def __post_init__(self) -> None:
        if self.why not in (PUTS_ON if self.is_in else LEAVES_OUT):
            raise ValueError(f"no reason: {self.why}")


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list; `why` is empty for those who vote."""

    member: int
    name: str
    why: str = ""

    @property
    def reason(self) -> str:
        return str(Why(self.why).label) if self.why else ""


@dataclass(frozen=True, slots=True)
class Roll:
    """`lines` are those frozen on `frozen_on`; empty before."""

    amendments: tuple[Amendment, ...] = ()
    lines: tuple[Line, ...] = ()
    frozen_on: date | None = None

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        frozen = stored.get("frozen") or {}
        return cls(
            tuple(Amendment.of(row) for row in stored.get("amendments", ())),
            tuple(Line(*row) for row in frozen.get("lines", ())),
            date.fromisoformat(frozen["on"]) if frozen else None,
        )

    def stored(self) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if self.amendments:
            said["amendments"] = [row.stored() for row in self.amendments]
        if self.frozen_on:
            lines = [[line.member, line.name, *([line.why] if line.why else [])] for line in self.lines]
            said["frozen"] = {"on": self.frozen_on.isoformat(), "lines": lines}
        return said

    @property
    def voters(self) -> list[Line]:
        return [line for line in self.lines if not line.why]

    @property
    def without_vote(self) -> list[Line]:
        return [line for line in self.lines if line.why]
