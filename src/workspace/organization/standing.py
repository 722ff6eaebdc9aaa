"""What a change of the tree says, as values: where a unit stands, what the change rests on, who else is in it.

They are kept as JSON; `read` refuses what it does not know, so that nothing else gets in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Standing:
    """Name, official type and the key of the unit above; None for the highest."""

    name: str
    type: str
    parent: int | None

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None) -> Self | None:
        return None if stored is None else cls(**stored)

    def stored(self) -> dict[str, Any]:
        return {"name": self.name, "type": self.type, "parent": self.parent}


@dataclass(frozen=True, slots=True)
class Basis:
    """The paper: number and day of the approval (批复), and a note.

    `is_assumed` says that the day of the change is that of its registration, because nobody wrote the true one down.
    """

    number: str = ""
    on: date | None = None
    note: str = ""
    is_assumed: bool = False

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        known = dict(stored)
        if known.get("on"):
            known["on"] = date.fromisoformat(known["on"])
        return cls(**known)

    def stored(self) -> dict[str, Any]:
        """Only what is said, so that most rows hold `{}`."""
        said = {
            "number": self.number,
            "on": self.on.isoformat() if self.on else "",
            "note": self.note,
            "is_assumed": self.is_assumed,
        }
        return {name: value for name, value in said.items() if value}


NO_BASIS = Basis()


@dataclass(frozen=True, slots=True)
class Other:
    """Another unit in the same change. `moved` holds the keys of what went along, by the app that keeps it."""

    unit: int
    name: str
    moved: Mapping[str, list[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**stored)

    def stored(self) -> dict[str, Any]:
        return {"unit": self.unit, "name": self.name, **({"moved": dict(self.moved)} if self.moved else {})}
