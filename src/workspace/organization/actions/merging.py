"""Several units become one (合并): people and what is planned go along, the merged end."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization import handovers, residents
from workspace.organization.actions import chronicle
from workspace.organization.actions.closing import AlreadyClosed, RootMustStay, refuse_full
from workspace.organization.actions.locking import locked
from workspace.organization.actions.placing import refuse_bad_place
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of
from workspace.organization.standing import NO_BASIS, Basis, Other, Standing

Kind = chronicle.Kind


class NothingToMerge(Refusal):
    message = _("请至少选择一个要并入{unit}的组织。")
    status = 400


class NotAlike(Refusal):
    message = _("{unit}（{type}）不能并入{into}（{into_type}）：只有同一层次的组织才能合并，正式组织不能并入临时组织。")


class StandsAbove(Refusal):
    message = _("{unit}和{into}是上下级，不能合并。要把下级撤并到上级，请先移动它的下级组织和党员。")


@transaction.atomic
def merge(
    units: Sequence[Unit],
    *,
    into: Unit,
    on: date,
    by: User,
    basis: Basis = NO_BASIS,
    name: str = "",
    seen: Mapping[int, datetime] | None = None,
) -> Unit:
    """Every unit of `units` ends in `into`, which may get a new name. `seen` holds `updated_at` by key.

    Raises NothingToMerge, RootMustStay, AlreadyClosed, NotAlike, StandsAbove, ChangedMeanwhile, NameTaken, StillHolds
    where something cannot go along, or what `chronicle` says against the day.
    """
    looked_at = seen or {}
    target = locked(into, seen=looked_at.get(into.pk))
    merged = [locked(unit, seen=looked_at.get(unit.pk)) for unit in units if unit.pk != into.pk]
    if not merged:
        raise NothingToMerge(unit=target)
    _refuse_bad_match(merged, target, by)
    day = chronicle.day_for(target, on)
    was = {unit.pk: unit.standing for unit in [target, *merged]}
    for unit in merged:
        chronicle.day_for(unit, day)
        _take_children(unit, target, on=day, by=by, basis=basis)
    gone = {unit.pk: _hand_over(unit, target, on=day, by=by, basis=basis) for unit in merged}
    for unit in merged:
        _end(unit, was[unit.pk], Other(target.pk, target.name, gone[unit.pk]), on=day, by=by, basis=basis)
    _rename(target, name)
    others = [Other(unit.pk, unit.name) for unit in merged]
    chronicle.note(
        target, Kind.MERGED, on=day, by=by, before=was[target.pk], after=target.standing, basis=basis, others=others
    )
    details = {"units": "、".join(str(unit) for unit in merged), "on": day.isoformat()}
    audit.record("unit.absorbed", of=target, by=by, details=details)
    for unit in [target, *merged]:
        later("activities.renew", unit_id=unit.pk)
    return target


def alike(unit: Unit, into: Unit) -> bool:
    """Whether the one may end in the other: branches in branches, groups in groups, what is above in what is above."""
    if unit.is_temporary is False and into.is_temporary:
        return False
    kinds = {_level(unit), _level(into)}
    return len(kinds) == 1


def _level(unit: Unit) -> str:
    if unit.type == Unit.Type.GROUP:
        return "group"
    return "branch" if unit.is_branch else "above"


def _refuse_bad_match(merged: Sequence[Unit], target: Unit, by: User) -> None:
    for unit in [target, *merged]:
        if not unit.is_open:
            raise AlreadyClosed(unit=unit, on=unit.closed_on)
    for unit in merged:
        residents.refuse_mover(by, unit)
        if unit.depth == 1:
            raise RootMustStay(unit=unit)
        if not alike(unit, target):
            types = {"type": unit.get_type_display(), "into_type": target.get_type_display()}
            raise NotAlike(unit=unit, into=target, **types)
        if unit.is_at_or_below(target) or target.is_at_or_below(unit):
            raise StandsAbove(unit=unit, into=target)


def _take_children(unit: Unit, target: Unit, *, on: date, by: User, basis: Basis) -> None:
    """What stands below goes along; where its name is taken it says from where it came."""
    for child in list(Unit.objects.children_of(unit).open()):
        was = Standing(child.name, child.type, unit.pk)
        if Unit.objects.children_of(target).open().filter(name=child.name).exists():
            child.name = _now("{name}（原{unit}）").format(name=child.name, unit=unit)[:120]
            child.save(update_fields=["name"])
        above = Unit.objects.get(pk=target.pk)
        refuse_bad_place(above, name=child.name, kind=child.type)
        Unit.objects.move(Unit.objects.get(pk=child.pk), above, "last-child")
        moved = Unit.objects.get(pk=child.pk)
        after = Standing(moved.name, moved.type, target.pk)
        day = chronicle.day_for(moved, on)
        chronicle.note(moved, Kind.MOVED, on=day, by=by, before=was, after=after, basis=basis)
        audit.record("unit.moved", of=moved, by=by, details={"from": str(unit), "to": str(target)})


def _hand_over(unit: Unit, target: Unit, *, on: date, by: User, basis: Basis) -> dict[str, list[int]]:
    why = _now("{unit}并入{into}").format(unit=unit, into=target)
    said = "，".join(part for part in (why, basis.number) if part)
    return handovers.hand_over(handovers.Going([unit], target, on, said, by))


def _end(unit: Unit, was: Standing, into: Other, *, on: date, by: User, basis: Basis) -> None:
    fresh = Unit.objects.get(pk=unit.pk)
    refuse_full(fresh)
    fresh.closed_on = on
    fresh.closing_reason = _now("并入{into}").format(into=into.name)[:200]
    fresh.save(update_fields=["closed_on", "closing_reason"])
    chronicle.note(fresh, Kind.MERGED, on=on, by=by, before=was, after=None, basis=basis, others=[into])
    audit.record("unit.merged", of=fresh, by=by, details={"into": into.name, "on": on.isoformat()})


def _rename(target: Unit, name: str) -> None:
    target.refresh_from_db()
    parent = parent_of(target)
    if name and name != target.name:
        if parent:
            refuse_bad_place(parent, name=name, kind=target.type, itself=target)
        target.name = name
    target.save(update_fields=["name"])
