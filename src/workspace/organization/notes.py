"""What a unit's row keeps beside its columns: facts that few units have, and what people said about its findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    """`joint_units` is how many units (单位) a joint branch serves; 0 is not known. `situation` (所在单位情况) is of
    `Unit.Situation`, `region` (行政区划) a code of GB/T 2260; both may be empty. `snoozed` is by the rule's code;
    `errand` stands until what it asks for is done.

    `postponed_to` is the day to which the level above moved the next election, `reminded` what was last said of it.
    """

    joint_units: int = 0
    situation: str = ""
    region: str = ""
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
            **{name: known[name] for name in _PLAIN if name in known},
            snoozed=snoozed,
            errand=Errand.read(asked) if (asked := known.get("errand")) else None,
            postponed_to=date.fromisoformat(moved) if moved else None,
        )

    def stored(self) -> dict[str, Any] | None:
        """None when nothing is said: most units."""
        told: dict[str, Any] = {name: value for name in _PLAIN if (value := getattr(self, name))}
        if self.snoozed:
            told["snoozed"] = {code: snooze.stored() for code, snooze in self.snoozed.items()}
        if self.errand:
            told["errand"] = self.errand.stored()
        if self.postponed_to:
            told["postponed_to"] = self.postponed_to.isoformat()
        return told or None


# As they are stored.
_PLAIN = ("joint_units", "situation", "region", "reminded")


def noted(name: str) -> property:
    """A note of the row it stands on, read and written as if it were a column of it."""

    def read(unit: Any) -> Any:
        return getattr(Notes.read(unit.notes), name)

    def write(unit: Any, value: Any) -> None:
        unit.notes = replace(Notes.read(unit.notes), **{name: value}).stored()

    return property(read, write)
