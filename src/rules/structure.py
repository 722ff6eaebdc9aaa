"""The shape of a party organisation: all that decides what it owes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class UnitType(StrEnum):
    """Official type codes of organisations; a party group has none of its own and is kept as `group`."""

    COMMITTEE = "611"
    GENERAL_BRANCH = "621"
    BRANCH = "631"
    JOINT_BRANCH = "632"
    TEMPORARY_COMMITTEE = "911"
    TEMPORARY_GENERAL_BRANCH = "921"
    TEMPORARY_BRANCH = "931"
    TEMPORARY_JOINT_BRANCH = "932"
    GROUP = "group"

    @property
    def label(self) -> str:
        return _NAMES[self][0]

    @property
    def label_en(self) -> str:
        return _NAMES[self][1]

    @property
    def is_branch(self) -> bool:
        return self in _BRANCHES

    @property
    def is_temporary(self) -> bool:
        return self.value.startswith("9")

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Every type as (code, Chinese name)."""
        return [(kind.value, kind.label) for kind in cls]


_NAMES: dict[UnitType, tuple[str, str]] = {
    UnitType.COMMITTEE: ("党委", "Party committee"),
    UnitType.GENERAL_BRANCH: ("党总支部", "General branch"),
    UnitType.BRANCH: ("党支部", "Branch"),
    UnitType.JOINT_BRANCH: ("联合党支部", "Joint branch"),
    UnitType.TEMPORARY_COMMITTEE: ("临时党委", "Temporary committee"),
    UnitType.TEMPORARY_GENERAL_BRANCH: ("临时党总支部", "Temporary general branch"),
    UnitType.TEMPORARY_BRANCH: ("临时党支部", "Temporary branch"),
    UnitType.TEMPORARY_JOINT_BRANCH: ("临时联合党支部", "Temporary joint branch"),
    UnitType.GROUP: ("党小组", "Party group"),
}

_BRANCHES = frozenset(
    {
        UnitType.BRANCH,
        UnitType.JOINT_BRANCH,
        UnitType.TEMPORARY_BRANCH,
        UnitType.TEMPORARY_JOINT_BRANCH,
    }
)


class ImpossibleStructure(ValueError):
    """Counts or dates that no organisation can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """One organisation as it stands.

    Counts are of people whose formal relation is here. `committee_size` 0 means "not known". `joint_units` is the
    number of units a joint branch serves, 0 when not known. `secretaries` is how many lead it, None when not known;
    `secretary_of_committee` says that its secretary is the secretary of a party committee (always so for a committee).
    `disbanded_on` is its last day.
    """

    unit_type: UnitType
    full_members: int
    probationary_members: int = 0
    has_committee: bool = False
    committee_size: int = 0
    group_count: int = 0
    secretary_of_committee: bool = False
    joint_units: int = 0
    secretaries: int | None = None
    created_on: date | None = None
    disbanded_on: date | None = None

    def __post_init__(self) -> None:
        # callers hold the code as text in a column
        object.__setattr__(self, "unit_type", UnitType(self.unit_type))
        for name in ("full_members", "probationary_members", "committee_size", "group_count", "joint_units"):
            if getattr(self, name) < 0:
                raise ImpossibleStructure(f"{name} must not be negative")
        if self.created_on and self.disbanded_on and self.disbanded_on < self.created_on:
            raise ImpossibleStructure("disbanded_on lies before created_on")

    @property
    def members(self) -> int:
        """Full and probationary together."""
        return self.full_members + self.probationary_members
