"""The words a rule may use in `applies_when`, and what they ask of an organisation."""

from collections.abc import Callable, Mapping

from rules.structure import Structure, UnitType

_COMMITTEES = frozenset({UnitType.COMMITTEE, UnitType.TEMPORARY_COMMITTEE})
_GENERAL_BRANCHES = frozenset({UnitType.GENERAL_BRANCH, UnitType.TEMPORARY_GENERAL_BRANCH})
_JOINT_BRANCHES = frozenset({UnitType.JOINT_BRANCH, UnitType.TEMPORARY_JOINT_BRANCH})

OF_A_STRUCTURE: Mapping[str, Callable[[Structure], bool]] = {
    "branch": lambda unit: unit.unit_type.is_branch,
    "formal_branch": lambda unit: unit.unit_type.is_branch and not unit.unit_type.is_temporary,
    "temporary_branch": lambda unit: unit.unit_type.is_branch and unit.unit_type.is_temporary,
    "joint_branch": lambda unit: unit.unit_type in _JOINT_BRANCHES,
    "general_branch": lambda unit: unit.unit_type in _GENERAL_BRANCHES,
    "formal_committee": lambda unit: unit.unit_type is UnitType.COMMITTEE,
    "with_committee": lambda unit: unit.has_committee,
    "without_committee": lambda unit: not unit.has_committee,
    "with_known_committee_size": lambda unit: unit.committee_size > 0,
    "with_groups": lambda unit: unit.group_count > 0,
    "led_by_committee_secretary": lambda unit: unit.secretary_of_committee or unit.unit_type in _COMMITTEES,
}

# Rules about people, cases, ballots and money are applied by their own functions, never by the shape of a unit.
OF_SOMETHING_ELSE = frozenset(
    {
        "admission_case",
        "appraisal",
        "ballot",
        "dues",
        "election",
        "floating_member",
        "member",
        "member_elderly_or_infirm",
        "secretary_or_committee_member",
        "transfer",
    }
)

ALL = frozenset(OF_A_STRUCTURE) | OF_SOMETHING_ELSE


def hold(names: tuple[str, ...], structure: Structure) -> bool:
    """Whether every named condition holds; a rule about something else never applies to a structure."""
    return all(name in OF_A_STRUCTURE and OF_A_STRUCTURE[name](structure) for name in names)
