"""What is written down about a unit, apart from where it stands."""

from dataclasses import dataclass, fields
from datetime import date

from workspace.organization.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields that people fill in; texts may be empty, dates may be unknown."""

    name: str
    type: str
    short_name: str = ""
    code: str = ""
    established_on: date | None = None
    elected_on: date | None = None
    contact: str = ""
    contact_phone: str = ""

    @classmethod
    def of(cls, unit: Unit) -> "Facts":
        return cls(**{name: getattr(unit, name) for name in NAMES})


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Facts))
