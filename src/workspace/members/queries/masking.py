"""Which facts are hidden until somebody asks for one, with a reason."""

from shared.identity import mask_citizen_number, mask_phone
from workspace.members.models import Member

_SHOWN_OF_AN_ADDRESS = 6


def mask_address(text: str) -> str:
    """The town may be seen, the door may not."""
    return f"{text[:_SHOWN_OF_AN_ADDRESS]}****" if text else ""


MASKS = {
    "phone": mask_phone,
    "citizen_number": mask_citizen_number,
    "residence": mask_address,
    "registered_residence": mask_address,
}


def masked(member: Member, field: str) -> str:
    """The value as it is shown by default; empty when there is none."""
    value = getattr(member, field) or ""
    return MASKS[field](value) if value else ""
