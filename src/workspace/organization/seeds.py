"""What the tree starts with: the organisation's own committee, a few branches of its kind, and one sample branch."""

from workspace.organization.models import Unit
from workspace.organization.spelling import spelled
from workspace.organization.starters import SAMPLE_NAME, starter


def furnish(kind: str) -> Unit:
    """The tree of a kind of organisation (单位类型). Does nothing but find the root when there is a tree."""
    found = Unit.objects.filter(depth=1).first()
    return found or _grow(kind)


def _grow(kind: str) -> Unit:
    chosen = starter(kind)
    root: Unit = Unit.objects.add_root(instance=Unit(name=chosen.root_name(""), type=chosen.root))
    for name, type_ in chosen.branches:
        Unit.objects.add_child(root, instance=Unit(name=name, type=type_))
    Unit.objects.add_child(root, instance=Unit(name=SAMPLE_NAME, type=Unit.Type.BRANCH, is_sample=True))
    return root


def name_root(kind: str, organisation: str) -> Unit:
    """Put the organisation's name on the root that `furnish` grew, unless somebody has named it since."""
    root: Unit = Unit.objects.get(depth=1)
    chosen = starter(kind)
    if root.name == chosen.root_name(""):
        root.name = chosen.root_name(organisation)
        pinyin, initials = spelled(root.name)
        Unit.objects.filter(pk=root.pk).update(name=root.name, pinyin=pinyin, initials=initials)
    return root


def sample() -> Unit | None:
    """The sample branch, for the apps above to put samples into."""
    return Unit.objects.filter(is_sample=True).first()
