"""The address of an invitation: its number and a signature of this workspace. Nothing secret is stored."""

from django.utils.crypto import constant_time_compare, salted_hmac

from shared.workspace import current_workspace, workspace_id
from workspace.access.models import Invitation

SIGNATURE_CHARS = 20  # 80 bits of SHA-256, in hexadecimal; short, so that the QR code stays coarse


def path_of(invitation: Invitation) -> str:
    """Where people join. Stands at the root of the workspace's host."""
    return f"/join/{invitation.pk}-{_signature(invitation.pk, invitation.code)}/"


def url_of(invitation: Invitation) -> str:
    """The same with scheme and host, for QR codes and messages."""
    return f"{current_workspace().url}{path_of(invitation)}"


def read(text: str) -> Invitation | None:
    """The invitation an address names; None for one that this workspace did not sign."""
    number, _dash, signature = text.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 12:
        return None
    found = Invitation.objects.select_related("unit").filter(pk=int(number)).first()
    if found is None or not constant_time_compare(signature, _signature(found.pk, found.code)):
        return None
    return found


def _signature(pk: int, code: str) -> str:
    mac = salted_hmac(f"access.invitation:{workspace_id()}", f"{pk}:{code}", algorithm="sha256")
    return mac.hexdigest()[:SIGNATURE_CHARS]
