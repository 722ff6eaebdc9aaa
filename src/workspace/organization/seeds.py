"""What the tree starts with: the organisation's own committee, a few branches of its kind, and one sample branch."""

from shared.script import Found, Script
from workspace.organization.models import Unit
from workspace.organization.spelling import spelled
from workspace.organization.starters import SAMPLE_NAME, starter

ROOT = Found(Unit, "depth", 1)


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


def welcome(kind: str, organisation: str, script: Script) -> Unit:
    """Put the organisation's name on the root that `furnish` grew. Returns the root, without its key: see ROOT."""
    name = starter(kind).root_name(organisation)
    pinyin, initials = spelled(name)
    root: Unit = Unit(depth=1, name=name, pinyin=pinyin, initials=initials)
    script.update(root, "name", "pinyin", "initials", by="depth")
    return root


def sample() -> Unit | None:
    """The sample branch, for the apps above to put samples into."""
    return Unit.objects.filter(is_sample=True).first()
