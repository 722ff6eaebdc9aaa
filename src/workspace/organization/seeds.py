"""What the tree starts with."""

from shared.workspace import Workspace
from workspace.organization.models import Unit


def seed(workspace: Workspace) -> Unit:
    """The partner organisation's own committee as the root of the tree."""
    found = Unit.objects.filter(depth=1).first()
    return found or Unit.objects.add_root(instance=Unit(name=f"{workspace.name}党委", type=Unit.Type.COMMITTEE))
