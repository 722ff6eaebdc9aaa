from workspace.access.models.consent import Consent
from workspace.access.models.grant import OFFICES, Grant, Role
from workspace.access.models.invitation import Invitation
from workspace.access.models.joining import Joining
from workspace.access.models.own_role import OwnRole

__all__ = ["OFFICES", "Consent", "Grant", "Invitation", "Joining", "OwnRole", "Role"]
