"""What the tree starts with: the organisation's own committee, a few branches of its kind, and one sample branch."""

from shared.workspace import Workspace
from workspace.organization.models import Unit
from workspace.organization.starters import SAMPLE_NAME, starter


def seed(workspace: Workspace) -> Unit:
    """The root of the tree. Does nothing but find it when the workspace already has one."""
    found = Unit.objects.filter(depth=1).first()
    return found or _grow(workspace)


def _grow(workspace: Workspace) -> Unit:
    chosen = starter(workspace.kind)
    root: Unit = Unit.objects.add_root(instance=Unit(name=chosen.root_name(workspace.name), type=chosen.root))
    for name, kind in chosen.branches:
        Unit.objects.add_child(root, instance=Unit(name=name, type=kind))
    Unit.objects.add_child(root, instance=Unit(name=SAMPLE_NAME, type=Unit.Type.BRANCH, is_sample=True))
    return root


def sample() -> Unit | None:
    """The sample branch, for the apps above to put samples into."""
    return Unit.objects.filter(is_sample=True).first()
