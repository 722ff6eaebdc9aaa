from workspace.access.models.consent import Consent
from workspace.access.models.grant import Grant, Role
from workspace.access.models.invitation import Invitation
from workspace.access.models.joining import Joining

__all__ = ["Consent", "Grant", "Invitation", "Joining", "Role"]
