"""One unit becomes several (分设)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _now

from shared.queue import later
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.actions import chronicle
from workspace.organization.actions.closing import AlreadyClosed, RootMustStay, refuse_full
from workspace.organization.actions.locking import locked
from workspace.organization.actions.parting import NoParts, Part, named, set_up_parts
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of
from workspace.organization.standing import NO_BASIS, Basis


@transaction.atomic
def split(
    unit: Unit,
    parts: Sequence[Part],
    *,
    on: date,
    by: User,
    basis: Basis = NO_BASIS,
    ends: bool = False,
    seen: datetime | None = None,
) -> list[Unit]:
    """New units beside this one, each with whom it takes over. With `ends`, the unit ends when nobody is left in it.

    Raises NoParts, RootMustStay, AlreadyClosed, ChangedMeanwhile, what `parting` and `placing` refuse, StillHolds when
    it should end and somebody stays, or what `chronicle` says against the day.
    """
    fresh = locked(unit, seen=seen)
    parent = parent_of(fresh)
    if not parts:
        raise NoParts(unit=fresh)
    if parent is None:
        raise RootMustStay(unit=fresh)
    if fresh.closed_on:
        raise AlreadyClosed(unit=fresh, on=fresh.closed_on)
    day = chronicle.day_for(fresh, on)
    made = set_up_parts(fresh, parts, under=parent, on=day, by=by, basis=basis)
    fresh = Unit.objects.get(pk=fresh.pk)
    was = fresh.standing
    if ends:
        refuse_full(fresh)
        fresh.closed_on = day
        names = "、".join(str(new) for new in made)
        fresh.closing_reason = _now("分设为{names}").format(names=names)[:200]
    fresh.save(update_fields=["closed_on", "closing_reason"])
    after = None if ends else was
    others = named(made)
    chronicle.note(fresh, chronicle.Kind.SPLIT, on=day, by=by, before=was, after=after, basis=basis, others=others)
    details = {"units": "、".join(str(new) for new in made), "on": day.isoformat()}
    audit.record("unit.split", of=fresh, by=by, details=details)
    later("activities.renew", unit_id=fresh.pk)
    return made
