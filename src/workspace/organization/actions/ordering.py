"""Put siblings in the order people know them in (显示排序)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.actions.locking import locked
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of


class AtTheEdge(Refusal):
    message = _("{unit}已经是同级组织中的{edge}。")


@transaction.atomic
def shift(unit: Unit, *, up: bool, by: User) -> Unit:
    """Swap the unit with the open sibling before it, or after it. Raises AtTheEdge when there is none."""
    fresh = locked(unit)
    parent = parent_of(fresh)
    siblings = Unit.objects.children_of(parent).open() if parent else Unit.objects.none()
    before, after = siblings.filter(path__lt=fresh.path), siblings.filter(path__gt=fresh.path)
    neighbour = before.last() if up else after.first()
    if neighbour is None:
        raise AtTheEdge(unit=fresh, edge=_("第一个") if up else _("最后一个"))
    Unit.objects.move(fresh, neighbour, "left" if up else "right")
    moved = Unit.objects.get(pk=fresh.pk)
    audit.record("unit.reordered", of=moved, by=by, details={("before" if up else "after"): str(neighbour)})
    return moved
