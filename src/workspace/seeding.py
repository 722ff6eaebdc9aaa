"""Door 1: what a fresh workspace starts with. Runs as the new workspace; returns values only."""

from dataclasses import dataclass

from shared.workspace import Workspace
from workspace.access import seeds as access
from workspace.accounts import seeds as accounts
from workspace.activities import seeds as activities
from workspace.organization import seeds as organization


@dataclass(frozen=True)
class Start:
    """Who it is for. Phone may be empty."""

    workspace: Workspace
    admin_name: str
    admin_email: str
    admin_phone: str = ""


def seed(start: Start) -> None:
    """The unit-type template and the first administrator."""
    root = organization.seed(start.workspace)
    admin = accounts.seed(name=start.admin_name, email=start.admin_email, phone=start.admin_phone)
    access.seed(admin, root)
    activities.seed()


def activation_path(email: str) -> str | None:
    """A fresh activation path for an administrator who has not set a password yet; None when nobody such is there."""
    return accounts.activation_path(email)
