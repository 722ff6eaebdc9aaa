"""Who may do what at first."""

from shared.script import Found, Script
from workspace.access.models import Grant, Role
from workspace.accounts.models import User


def welcome(admin: User, root: Found, script: Script) -> None:
    """The first administrator holds the root, and so everything."""
    script.insert(Grant(user=admin, role=Role.ADMIN, unit_id=root))  # type: ignore[misc]  # found when the script runs
