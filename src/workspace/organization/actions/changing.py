"""Correct or rename a unit, or turn it into another kind (更名、改设)."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.audit.changes import diff
from workspace.organization import counters, nesting
from workspace.organization.actions import dating
from workspace.organization.actions.locking import locked
from workspace.organization.actions.placing import refuse_bad_place, refuse_taken_code
from workspace.organization.facts import NAMES, SAYS, Facts
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of
from workspace.organization.standing import NO_BASIS, Basis


class CannotTurnInto(Refusal):
    message = _("{unit}不能改为{kind}：{why}")


@transaction.atomic
def change(
    unit: Unit,
    facts: Facts,
    *,
    by: User,
    seen: datetime | None = None,
    on: date | None = None,
    basis: Basis = NO_BASIS,
    corrects: bool = False,
) -> Unit:
    """Write down what differs; nothing happens when nothing does.

    A new name or type holds from `on`, today when none is given; with `corrects` it was so all along since the last
    change. Raises ChangedMeanwhile, NameTaken, CodeTaken, CannotHold, CannotTurnInto when what hangs on the unit
    forbids the new type, or what `chronicle` says against the day.
    """
    fresh = locked(unit, seen=seen)
    before = Facts.of(fresh)
    differing = [name for name in NAMES if getattr(before, name) != getattr(facts, name)]
    if not differing:
        return fresh
    _refuse_bad_facts(fresh, facts, differing)
    dating.redate_beginning(fresh, facts.established_on)
    was = fresh.standing
    for name in differing:
        setattr(fresh, name, getattr(facts, name))
    fresh.save(update_fields=differing)
    if fresh.standing != was:
        dating.note_standing(fresh, was, on=on, by=by, basis=basis, corrects=corrects)
    changes = diff(asdict(before), asdict(facts), names=differing, says=SAYS)
    audit.record("unit.changed", of=fresh, by=by, details={"changes": changes})
    later("activities.renew", unit_id=fresh.pk)
    return fresh


def _refuse_bad_facts(unit: Unit, facts: Facts, differing: list[str]) -> None:
    if "type" in differing:
        refuse_bad_type(unit, facts.type)
    parent = parent_of(unit)
    if parent and unit.is_open and {"name", "type"} & {*differing}:
        refuse_bad_place(parent, name=facts.name, kind=facts.type, itself=unit)
    if "code" in differing:
        refuse_taken_code(facts.code, itself=unit)


def refuse_bad_type(unit: Unit, kind: str) -> None:
    """Raise CannotTurnInto when what hangs on the unit cannot hang on one of this type."""
    wanted = Unit.Type(kind).label
    if unit.depth == 1 and kind not in nesting.ROOTS:
        raise CannotTurnInto(unit=unit, kind=wanted, why=_("它是本单位的最高组织。"))
    for child in Unit.objects.children_of(unit).open():
        if not nesting.may_hold(kind, child.type):
            why = _("下面还有{child}（{type}）。请先移动或撤销它。").format(child=child, type=child.get_type_display())
            raise CannotTurnInto(unit=unit, kind=wanted, why=why)
    if kind in Unit.BRANCHES:
        return
    held = counters.directly_on(unit)
    for counter in counters.counters():
        if counter.branches_only and held[counter.name]:
            why = _("还有{number}名{label}。{advice}").format(
                number=held[counter.name], label=counter.label, advice=counter.advice
            )
            raise CannotTurnInto(unit=unit, kind=wanted, why=why)
