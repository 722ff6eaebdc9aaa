"""New units out of one: beside it (分设), or below it when it becomes one that holds branches (升格)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization import residents
from workspace.organization.actions import chronicle
from workspace.organization.actions.creation import create
from workspace.organization.actions.placing import refuse_bad_place
from workspace.organization.facts import Facts
from workspace.organization.models import Unit
from workspace.organization.standing import Basis, Other, Standing


class NoParts(Refusal):
    message = _("请写明从{unit}分出哪些组织，每行一个名称。")
    status = 400


class NotThere(Refusal):
    message = _("分配名单里有不在{unit}的人员或下级组织，可能刚刚转走了。请重新打开本页核对。")


class TakenTwice(Refusal):
    message = _("分配名单里有人员或下级组织重复，请核对。")
    status = 400


class CannotTakePeople(Refusal):
    message = _("{name}是{type}，不能直接管理党员。请为党员选择一个党支部。")
    status = 400


@dataclass(frozen=True, slots=True)
class Part:
    """A new unit with whom and what it takes over: keys of people, and of units directly below."""

    name: str
    type: str
    people: tuple[int, ...] = ()
    units: tuple[int, ...] = ()


def set_up_parts(unit: Unit, parts: Sequence[Part], *, under: Unit, on: date, by: User, basis: Basis) -> list[Unit]:
    """The new units, with their people and what stood below. Raises NotThere, TakenTwice, CannotTakePeople, or why one
    of them cannot stand there.
    """
    _refuse_bad_parts(unit, parts)
    if any(part.people for part in parts):
        residents.refuse_mover(by, unit)
    made = []
    for part in parts:
        facts = Facts(name=part.name, type=part.type, established_on=on)
        new = create(under, facts, by=by, basis=basis, split_from=unit)
        why = _now("由{unit}分设{new}").format(unit=unit, new=new)
        residents.move(part.people, to=new, on=on, why="，".join(filter(None, (why, basis.number))), by=by)
        for key in part.units:
            _take(Unit.objects.get(pk=key), unit, new, on=on, by=by, basis=basis)
        made.append(new)
    return made


def named(made: Collection[Unit]) -> list[Other]:
    return [Other(new.pk, new.name) for new in made]


def _refuse_bad_parts(unit: Unit, parts: Sequence[Part]) -> None:
    people = [key for part in parts for key in part.people]
    units = [key for part in parts for key in part.units]
    if len({*people}) < len(people) or len({*units}) < len(units):
        raise TakenTwice
    below = {*Unit.objects.children_of(unit).open().values_list("pk", flat=True)}
    if not {*people} <= {person.pk for person in residents.residents(unit)} or not {*units} <= below:
        raise NotThere(unit=unit)
    for part in parts:
        if part.people and part.type not in Unit.BRANCHES:
            raise CannotTakePeople(name=part.name, type=Unit.Type(part.type).label)


def _take(child: Unit, origin: Unit, new: Unit, *, on: date, by: User, basis: Basis) -> None:
    above = Unit.objects.get(pk=new.pk)
    refuse_bad_place(above, name=child.name, kind=child.type)
    Unit.objects.move(child, above, "last-child")
    moved = Unit.objects.get(pk=child.pk)
    before, after = (Standing(moved.name, moved.type, each.pk) for each in (origin, new))
    day = chronicle.day_for(moved, on)
    chronicle.note(moved, chronicle.Kind.MOVED, on=day, by=by, before=before, after=after, basis=basis)
    audit.record("unit.moved", of=moved, by=by, details={"from": str(origin), "to": str(new)})
