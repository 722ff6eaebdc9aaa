"""What people said about a unit's findings, kept on the unit's row: what is put off, and how many units it serves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Snooze:
    """A finding is left alone until a day (the first on which it shows again), for a reason, by somebody."""

    until: date
    reason: str
    by: str

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        known = dict(stored)
        return cls(date.fromisoformat(known.pop("until")), **known)

    def stored(self) -> dict[str, str]:
        return {"until": self.until.isoformat(), "reason": self.reason, "by": self.by}


@dataclass(frozen=True, slots=True)
class Errand:
    """Somebody asked the unit on a day to complete what the register lacks about so many people."""

    on: date
    by: str
    people: int

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        known = dict(stored)
        return cls(date.fromisoformat(known.pop("on")), **known)

    def stored(self) -> dict[str, Any]:
        return {"on": self.on.isoformat(), "by": self.by, "people": self.people}


@dataclass(frozen=True, slots=True)
class Notes:
    """`joint_units` is how many units (单位) a joint branch serves; 0 is not known. `snoozed` is by the rule's code;
    `errand` stands until what it asks for is done.

    `postponed_to` is the day to which the level above moved the next election, `reminded` what was last said of it.
    """

    joint_units: int = 0
    snoozed: Mapping[str, Snooze] = field(default_factory=dict)
    errand: Errand | None = None
    postponed_to: date | None = None
    reminded: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None) -> Self:
        known = dict(stored or {})
        snoozed = {code: Snooze.read(told) for code, told in known.get("snoozed", {}).items()}
        moved = known.get("postponed_to")
        return cls(
            joint_units=known.get("joint_units", 0),
            snoozed=snoozed,
            errand=Errand.read(asked) if (asked := known.get("errand")) else None,
            postponed_to=date.fromisoformat(moved) if moved else None,
            reminded=known.get("reminded", ""),
        )

    def stored(self) -> dict[str, Any] | None:
        """None when nothing is said: most units."""
        told: dict[str, Any] = {}
        if self.joint_units:
            told["joint_units"] = self.joint_units
        if self.snoozed:
            told["snoozed"] = {code: snooze.stored() for code, snooze in self.snoozed.items()}
        if self.errand:
            told["errand"] = self.errand.stored()
        if self.postponed_to:
            told["postponed_to"] = self.postponed_to.isoformat()
        if self.reminded:
            told["reminded"] = self.reminded
        return told or None
