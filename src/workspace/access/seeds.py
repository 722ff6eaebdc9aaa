"""Who may do what at first."""

from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.organization.models import Unit


def welcome(admin: User, root: Unit) -> None:
    """The first administrator holds the root, and so everything."""
    Grant.objects.create(user=admin, role=Role.ADMIN, unit=root)
