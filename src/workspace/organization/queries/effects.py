"""What merging, splitting or converting would do: what goes along, and what the rules find odd about the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

import rules
from workspace.organization import handovers, residents
from workspace.organization.actions.parting import Part
from workspace.organization.models import Unit
from workspace.organization.shapes import shapes


@dataclass(frozen=True)
class Warned:
    """A finding about one of the units that would come out. It warns; people decide."""

    name: str
    text: str
    advice: str
    basis: str
    badge: str


@dataclass(frozen=True)
class Effects:
    """`lines` say what happens, in order; `warnings` what to look at before confirming."""

    lines: list[str]
    warnings: list[Warned]


def of_merging(units: Sequence[Unit], into: Unit, *, on: date, name: str = "") -> Effects:
    lines = [_("{unit}自{on}起撤销").format(unit=unit, on=on.isoformat()) for unit in units]
    for label, number in handovers.counted(units):
        lines.append(_("{label} {number} 项转到{into}").format(label=label, number=number, into=name or into))
    below = Unit.objects.none()
    for unit in units:
        below = below | Unit.objects.children_of(unit).open()
    if number := below.count():
        lines.append(_("下级组织 {number} 个划归{into}").format(number=number, into=name or into))
    known = shapes([into, *units], on=on)
    if into.pk not in known:
        return Effects(lines, [])
    whole = known[into.pk]
    for unit in units:
        whole = _added(whole, known[unit.pk])
    return Effects(lines, _warned(name or into.name, whole, on))


def of_parting(unit: Unit, parts: Sequence[Part], *, on: date, kind: str = "", ends: bool = False) -> Effects:
    """`kind` is what the unit turns into, with the parts below it; without one they stand beside it."""
    people = {one.pk: one for one in residents.residents(unit)}
    lines, warnings = [], []
    if kind and kind != unit.type:
        lines.append(
            _("{unit}由{before}改设为{after}").format(
                unit=unit, before=unit.get_type_display(), after=Unit.Type(kind).label
            )
        )
    for part in parts:
        going = [people[key] for key in part.people if key in people]
        lines.append(
            _("新设{type}{name}，{number} 人转入").format(
                type=Unit.Type(part.type).label, name=part.name, number=len(going)
            )
        )
        warnings += _warned(part.name, _shape(part.type, going), on)
    left = [one for key, one in people.items() if not any(key in part.people for part in parts)]
    if ends:
        lines.append(_("{unit}自{on}起撤销").format(unit=unit, on=on.isoformat()))
    elif not kind:
        lines.append(_("{number} 人留在{unit}").format(number=len(left), unit=unit))
        warnings += _warned(unit.name, _shape(unit.type, left), on)
    known = shapes([unit], on=on)
    if kind and unit.pk in known:
        warnings += _warned(unit.name, replace(known[unit.pk], unit_type=rules.UnitType(kind)), on)
    return Effects(lines, warnings)


def _added(one: rules.Structure, other: rules.Structure) -> rules.Structure:
    return replace(
        one,
        full_members=one.full_members + other.full_members,
        probationary_members=one.probationary_members + other.probationary_members,
        has_committee=one.has_committee or other.has_committee,
        committee_size=one.committee_size + other.committee_size,
        group_count=one.group_count + other.group_count,
    )


def _shape(kind: str, people: Sequence[residents.Resident]) -> rules.Structure:
    full = sum(one.is_full for one in people)
    members = sum(one.is_member for one in people)
    return rules.Structure(unit_type=rules.UnitType(kind), full_members=full, probationary_members=members - full)


def _warned(name: str, shape: rules.Structure, on: date) -> list[Warned]:
    english = (get_language() or "").startswith("en")
    return [
        Warned(
            name,
            hint.message_en if english else hint.message,
            hint.advice_en if english else hint.advice,
            hint.rule.citation,
            hint.rule.badge,
        )
        for hint in rules.conversion_hints(shape, on=on)
    ]
