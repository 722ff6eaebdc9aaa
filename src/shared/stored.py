"""How frozen dataclasses become JSON of a column and come back: days as texts, what is empty left out."""

from dataclasses import fields
from datetime import date
from typing import Any, ClassVar, Self


class Stored:
    """A frozen dataclass kept in a column. `DAYS` names the fields that hold days."""

    __slots__ = ()
    DAYS: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """From the column; names of another release are passed over."""
        known = {field.name for field in fields(cls)}  # type: ignore[arg-type]  # each of them is a dataclass
        values = {name: value for name, value in stored.items() if name in known}
        read = {name: date.fromisoformat(values[name]) for name in cls.DAYS if values.get(name)}
        return cls(**{**values, **read})

    def stored(self) -> dict[str, Any]:
        """For the column."""
        names = [field.name for field in fields(self)]  # type: ignore[arg-type]
        said = {name: getattr(self, name) for name in names}
        kept = {name: value for name, value in said.items() if value not in (None, "", ()) and value is not False}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}
