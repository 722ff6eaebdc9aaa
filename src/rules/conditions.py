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
    "with_known_posts": lambda unit: unit.secretaries is not None,
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

_LABELS: Mapping[str, tuple[str, str]] = {
    "admission_case": ("发展党员", "development cases"),
    "appraisal": ("民主评议", "appraisal"),
    "ballot": ("表决和选举", "votes"),
    "branch": ("党支部", "branches"),
    "dues": ("党费", "dues"),
    "election": ("换届选举", "elections"),
    "floating_member": ("流动党员", "floating members"),
    "formal_branch": ("党支部（临时党支部除外）", "branches, temporary ones left out"),
    "formal_committee": ("党委", "party committees"),
    "general_branch": ("党总支", "general branches"),
    "joint_branch": ("联合党支部", "joint branches"),
    "led_by_committee_secretary": ("由党委书记主持的组织", "units led by the secretary of a party committee"),
    "member": ("党员", "members"),
    "member_elderly_or_infirm": ("年老体弱的党员", "old, infirm or ill members"),
    "secretary_or_committee_member": ("书记和委员", "secretaries and committee members"),
    "temporary_branch": ("临时党支部", "temporary branches"),
    "transfer": ("组织关系转接", "transfers"),
    "with_committee": ("设支部委员会的", "with a branch committee"),
    "with_groups": ("划分党小组的", "with party groups"),
    "with_known_committee_size": ("已登记委员人数的", "whose committee size is known"),
    "with_known_posts": ("已登记职务的", "whose posts are known"),
    "without_committee": ("未设支部委员会的", "without a branch committee"),
}


def label(name: str) -> tuple[str, str]:
    """A condition in Chinese and English."""
    return _LABELS[name]


def hold(names: tuple[str, ...], structure: Structure) -> bool:
    """Whether every named condition holds; a rule about something else never applies to a structure."""
    return all(name in OF_A_STRUCTURE and OF_A_STRUCTURE[name](structure) for name in names)
