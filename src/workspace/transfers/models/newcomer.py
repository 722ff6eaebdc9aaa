"""Who comes from outside with a letter. Emptied when the branch takes them in: then the register holds it."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from workspace.members.models import Member

_DATES = ("birth_date", "joined_on", "converted_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """The columns of the register that a letter speaks of. Codes as there."""

    name: str
    citizen_number: str = ""
    sex: str = ""
    birth_date: date | None = None
    ethnic_group: str = ""
    education: str = ""
    phone: str = ""
    category: str = Member.Category.FULL.value
    joined_on: date | None = None
    converted_on: date | None = None

    def __post_init__(self) -> None:
        if not self.name or self.category not in Member.Category.values:
            raise ValueError("a newcomer has a name and a category")
        if any(not isinstance(getattr(self, name), date | None) for name in _DATES):
            raise TypeError("dates are dates")

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """From the column."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        read = {name: date.fromisoformat(values[name]) for name in _DATES if values.get(name)}
        return cls(**{**values, **read})

    def stored(self) -> dict[str, Any]:
        """For the column: what is not empty, days as texts."""
        said = {name: value for name, value in asdict(self).items() if value}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}

    def values(self) -> dict[str, Any]:
        """For the register."""
        return {**asdict(self), "citizen_number": self.citizen_number or None}
