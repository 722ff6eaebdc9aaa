"""Put a unit, with all below it, under another one (调整隶属关系)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.actions import chronicle
from workspace.organization.actions.locking import locked
from workspace.organization.actions.placing import refuse_bad_place
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of
from workspace.organization.standing import NO_BASIS, Basis, Standing


class RootStays(Refusal):
    message = _("{unit}是本单位的最高组织，没有上级，不能移动。")


class IntoItself(Refusal):
    message = _("不能把{unit}移到它自己或它的下级组织下面。请另选上级组织。")


class AlreadyThere(Refusal):
    message = _("{unit}已经在{parent}下面。")


@transaction.atomic
def move(
    unit: Unit,
    *,
    to: Unit,
    by: User,
    seen: datetime | None = None,
    on: date | None = None,
    basis: Basis = NO_BASIS,
) -> Unit:
    """Make the unit the last child of `to`, from a day that is not in the future; today when none is given.

    Raises ChangedMeanwhile, RootStays, IntoItself, AlreadyThere, ParentClosed, CannotHold, NameTaken, or what
    `chronicle` says against the day.
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
    day = chronicle.day_for(fresh, on)
    chronicle.refuse_younger(target, fresh, day)
    Unit.objects.move(fresh, target, "last-child")
    moved = Unit.objects.get(pk=fresh.pk)
    moved.save(update_fields=["updated_at"])
    chronicle.note(
        moved,
        chronicle.Kind.MOVED,
        on=day,
        by=by,
        before=Standing(moved.name, moved.type, before.pk),
        after=Standing(moved.name, moved.type, target.pk),
        basis=basis,
    )
    audit.record("unit.moved", of=moved, by=by, details={"from": str(before), "to": str(target)})
    return moved
