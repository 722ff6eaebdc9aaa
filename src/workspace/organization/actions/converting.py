"""A unit becomes one of another kind (升格、改设): a branch a general branch, a general branch a committee."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from shared.queue import later
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.actions import chronicle
from workspace.organization.actions.changing import refuse_bad_type
from workspace.organization.actions.closing import AlreadyClosed
from workspace.organization.actions.locking import locked
from workspace.organization.actions.parting import Part, named, set_up_parts
from workspace.organization.actions.placing import refuse_bad_place
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of
from workspace.organization.standing import NO_BASIS, Basis


@transaction.atomic
def convert(
    unit: Unit,
    kind: str,
    *,
    on: date,
    by: User,
    name: str = "",
    parts: Sequence[Part] = (),
    basis: Basis = NO_BASIS,
    seen: datetime | None = None,
) -> Unit:
    """The same unit, of another type and perhaps another name. `parts` are new units below it that take its people.

    Raises AlreadyClosed, ChangedMeanwhile, CannotHold, NameTaken, CannotTurnInto when people or units are left that the
    new type cannot hold, what `parting` refuses, or what `chronicle` says against the day.
    """
    fresh = locked(unit, seen=seen)
    if fresh.closed_on:
        raise AlreadyClosed(unit=fresh, on=fresh.closed_on)
    was, parent = fresh.standing, parent_of(fresh)
    called = name or fresh.name
    if parent:
        refuse_bad_place(parent, name=called, kind=kind, itself=fresh)
    day = chronicle.day_for(fresh, on)
    fresh.type, fresh.name = kind, called
    fresh.save(update_fields=["type", "name"])
    made = set_up_parts(fresh, parts, under=fresh, on=day, by=by, basis=basis)
    fresh = Unit.objects.get(pk=fresh.pk)
    refuse_bad_type(fresh, kind)
    chronicle.note(
        fresh,
        chronicle.Kind.RETYPED,
        on=day,
        by=by,
        before=was,
        after=fresh.standing,
        basis=basis,
        others=named(made),
    )
    changes = {"type": [str(Unit.Type(was.type).label), str(Unit.Type(kind).label)]}
    if called != was.name:
        changes["name"] = [was.name, called]
    audit.record("unit.changed", of=fresh, by=by, details={"changes": changes})
    for each in [fresh, *made]:
        later("activities.renew", unit_id=each.pk)
    return fresh
