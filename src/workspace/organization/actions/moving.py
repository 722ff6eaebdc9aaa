"""Put a unit, with all below it, under another one (调整隶属关系)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.actions.locking import locked
from workspace.organization.actions.placing import refuse_bad_place
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of


class RootStays(Refusal):
    message = _("{unit}是本单位的最高组织，没有上级，不能移动。")


class IntoItself(Refusal):
    message = _("不能把{unit}移到它自己或它的下级组织下面。请另选上级组织。")


class AlreadyThere(Refusal):
    message = _("{unit}已经在{parent}下面。")


@transaction.atomic
def move(unit: Unit, *, to: Unit, by: User, seen: datetime | None = None) -> Unit:
    """Make the unit the last child of `to`. Raises ChangedMeanwhile, RootStays, IntoItself, AlreadyThere, ParentClosed,
    CannotHold or NameTaken.
    """
    fresh = locked(unit, seen=seen)
    target = Unit.objects.get(pk=to.pk)
    before = parent_of(fresh)
    if before is None:
        raise RootStays(unit=fresh)
    if target.is_at_or_below(fresh):
        raise IntoItself(unit=fresh)
    if before.pk == target.pk:
        raise AlreadyThere(unit=fresh, parent=target)
    refuse_bad_place(target, name=fresh.name, kind=fresh.type)
    Unit.objects.move(fresh, target, "last-child")
    moved = Unit.objects.get(pk=fresh.pk)
    moved.save(update_fields=["updated_at"])
    audit.record("unit.moved", of=moved, by=by, details={"from": str(before), "to": str(target)})
    return moved
