"""Whether a unit may stand where it is about to stand."""

from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.organization import nesting
from workspace.organization.models import Unit


class CannotHold(Refusal):
    message = _("{parent}是{parent_type}，下面不能设{child_type}。请换一个组织类别或上级组织。")


class NameTaken(Refusal):
    message = _("{parent}下已有“{name}”。请换一个名称，以免导入和转接时分不清。")


class CodeTaken(Refusal):
    message = _("编码 {code} 已用于{unit}。请核对后换一个。")


class ParentClosed(Refusal):
    message = _("{parent}已撤销，不能在它下面增设组织。请先恢复它，或另选上级组织。")


def refuse_bad_place(parent: Unit, *, name: str, kind: str, itself: Unit | None = None) -> None:
    """Raise ParentClosed, CannotHold or NameTaken when no unit of this kind and name can stand under `parent`."""
    if not parent.is_open:
        raise ParentClosed(parent=parent)
    if not nesting.may_hold(parent.type, kind):
        raise CannotHold(parent=parent, parent_type=parent.get_type_display(), child_type=Unit.Type(kind).label)
    refuse_taken_name(parent, name=name, itself=itself)


def refuse_taken_name(parent: Unit, *, name: str, itself: Unit | None = None) -> None:
    """Raise NameTaken when an open sibling has the name."""
    siblings = Unit.objects.children_of(parent).open().filter(name=name)
    if (siblings.exclude(pk=itself.pk) if itself else siblings).exists():
        raise NameTaken(parent=parent, name=name)


def refuse_taken_code(code: str, *, itself: Unit | None = None) -> None:
    """Raise CodeTaken when another open unit has the official code; an empty code is nobody's."""
    if not code:
        return
    others = Unit.objects.open().filter(code=code)
    taken = (others.exclude(pk=itself.pk) if itself else others).first()
    if taken:
        raise CodeTaken(code=code, unit=taken)
