"""What may stand under what: 党委, 党总支, 党支部, 党小组; what is temporary holds only what is temporary."""

from workspace.organization.models import Unit

_Type = Unit.Type
_BRANCHES = (_Type.BRANCH, _Type.JOINT_BRANCH, _Type.TEMPORARY_BRANCH, _Type.TEMPORARY_JOINT_BRANCH)
_TEMPORARY_BRANCHES = (_Type.TEMPORARY_BRANCH, _Type.TEMPORARY_JOINT_BRANCH)

# The relation of a member who is lent to a temporary organisation stays where it was, so a permanent branch, which
# holds such relations, cannot depend on a temporary one.
UNDER: dict[str, tuple[Unit.Type, ...]] = {
    _Type.COMMITTEE: (
        _Type.COMMITTEE,
        _Type.GENERAL_BRANCH,
        _Type.TEMPORARY_COMMITTEE,
        _Type.TEMPORARY_GENERAL_BRANCH,
        *_BRANCHES,
    ),
    _Type.GENERAL_BRANCH: _BRANCHES,
    _Type.TEMPORARY_COMMITTEE: (_Type.TEMPORARY_GENERAL_BRANCH, *_TEMPORARY_BRANCHES),
    _Type.TEMPORARY_GENERAL_BRANCH: _TEMPORARY_BRANCHES,
    **dict.fromkeys(_BRANCHES, (_Type.GROUP,)),
    _Type.GROUP: (),
}

# A partner may be as small as one branch; a party group alone is no organisation.
ROOTS: tuple[Unit.Type, ...] = tuple(kind for kind in _Type if kind is not _Type.GROUP)


def allowed_under(parent: Unit | None) -> tuple[Unit.Type, ...]:
    """The types that a unit under `parent` may have, the likeliest first; those of a root when it is None."""
    if parent is None:
        return ROOTS
    allowed = UNDER[parent.type]
    return tuple(sorted(allowed, key=lambda kind: kind is not _Type.BRANCH))


def may_hold(parent_type: str, child_type: str) -> bool:
    return child_type in UNDER[parent_type]


def parents_for(child_type: str) -> tuple[str, ...]:
    """The types under which a unit of this type may stand."""
    return tuple(parent for parent, allowed in UNDER.items() if child_type in allowed)
