"""Until when the committee of a unit sits: from the day of its election, moved where the level above agreed."""

import rules
from shared.workspace import current_workspace
from workspace.organization.models import Unit
from workspace.organization.notes import Notes

# A temporary unit has no term, and a party group elects no committee.
WITHOUT_TERM = frozenset(
    {
        Unit.Type.GROUP,
        Unit.Type.TEMPORARY_COMMITTEE,
        Unit.Type.TEMPORARY_GENERAL_BRANCH,
        Unit.Type.TEMPORARY_BRANCH,
        Unit.Type.TEMPORARY_JOINT_BRANCH,
    }
)


def term_of(unit: Unit) -> rules.Term | None:
    """None where nobody wrote down the day of the election, and where there is no term."""
    if unit.elected_on is None or unit.type in WITHOUT_TERM:
        return None
    village = unit.is_branch and current_workspace().kind == "community"
    found = rules.term(rules.UnitType(unit.type), unit.elected_on, in_village_or_community=village)
    return found.moved(Notes.read(unit.notes).postponed_to)
