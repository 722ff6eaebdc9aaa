"""The level above: which committee decides on the cases of a branch."""

from rules import AdmissionClocks
from workspace.organization.models import Unit

_DECIDING = (Unit.Type.COMMITTEE, Unit.Type.TEMPORARY_COMMITTEE)

# Steps whose outcome the committee with authority decides, not the branch.
_ALWAYS = frozenset({"prereview", "approval", "conversion_approval"})


def is_decided_above(code: str, clocks: AdmissionClocks) -> bool:
    """Whether the level above decides on the step. A development object was only filed there before public notice
    came; since then it has to agree."""
    knows_notice = clocks.notice_ends(clocks.opened_on) is not None
    return code in _ALWAYS or (code == "file_object" and knows_notice)


def committee_above(unit: Unit) -> Unit | None:
    """The nearest party committee (党委) over the branch; None when it lies outside this workspace.

    A general branch (党总支) reviews but does not approve, so it is passed over.
    """
    return Unit.objects.above(unit).filter(type__in=_DECIDING, closed_on__isnull=True).order_by("-depth").first()
