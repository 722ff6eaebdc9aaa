"""Close a unit (撤销), or undo that."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization import counters
from workspace.organization.actions import chronicle
from workspace.organization.actions.locking import locked
from workspace.organization.actions.moving import RootStays
from workspace.organization.actions.placing import refuse_bad_place, refuse_taken_code
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of
from workspace.organization.standing import NO_BASIS, Basis


class AlreadyClosed(Refusal):
    message = _("{unit}已于{on}撤销。")


class NotClosed(Refusal):
    message = _("{unit}没有撤销，无需恢复。")


class StillHolds(Refusal):
    message = _("{unit}还不能撤销：{what}")


class UnderClosed(Refusal):
    message = _("{unit}的上级{parent}也已撤销。请先恢复上级组织。")


class RootMustStay(RootStays):
    message = _("{unit}是本单位的最高组织，不能撤销。")


@transaction.atomic
def close(
    unit: Unit, *, on: date, reason: str, by: User, seen: datetime | None = None, basis: Basis = NO_BASIS
) -> Unit:
    """The unit ends on that day; its history stays. Raises RootMustStay, AlreadyClosed, ChangedMeanwhile, StillHolds
    naming what has to be done first, or what `chronicle` says against the day.
    """
    fresh = locked(unit, seen=seen)
    if fresh.depth == 1:
        raise RootMustStay(unit=fresh)
    if fresh.closed_on:
        raise AlreadyClosed(unit=fresh, on=fresh.closed_on)
    refuse_full(fresh)
    chronicle.day_for(fresh, on)
    before = fresh.standing
    fresh.closed_on = on
    fresh.closing_reason = reason
    fresh.save(update_fields=["closed_on", "closing_reason"])
    said = replace(basis, note=basis.note or reason)
    chronicle.note(fresh, chronicle.Kind.DISSOLVED, on=on, by=by, before=before, after=None, basis=said)
    audit.record("unit.closed", of=fresh, by=by, details={"on": on.isoformat(), "reason": reason})
    later("activities.renew", unit_id=fresh.pk)
    return fresh


def refuse_full(unit: Unit) -> None:
    """Raise StillHolds, naming what has to be done before the unit can end."""
    below = Unit.objects.children_of(unit).open()
    number = below.count()
    if number:
        names = "、".join(str(child) for child in below[:3])
        what = _("下面还有{number}个组织（{names}）。请先把它们移到别处或撤销。").format(number=number, names=names)
        raise StillHolds(unit=unit, what=what)
    held = counters.directly_on(unit)
    for counter in counters.counters():
        if counter.advice and held[counter.name]:
            what = _("还有{number}名{label}。{advice}").format(
                number=held[counter.name], label=counter.label, advice=counter.advice
            )
            raise StillHolds(unit=unit, what=what)


@transaction.atomic
def reopen(unit: Unit, *, by: User, on: date | None = None, basis: Basis = NO_BASIS) -> Unit:
    """Undo a closing, from a day on; without one it counts as never closed.

    Raises NotClosed, UnderClosed, or whatever now stands against the unit's old place.
    """
    fresh = locked(unit)
    if fresh.closed_on is None:
        raise NotClosed(unit=fresh)
    parent = parent_of(fresh)
    if parent and parent.closed_on:
        raise UnderClosed(unit=fresh, parent=parent)
    if parent:
        refuse_bad_place(parent, name=fresh.name, kind=fresh.type, itself=fresh)
    refuse_taken_code(fresh.code, itself=fresh)
    day = chronicle.day_for(fresh, on or fresh.closed_on)
    details = {"closed_on": fresh.closed_on.isoformat(), "reason": fresh.closing_reason}
    fresh.closed_on = None
    fresh.closing_reason = ""
    fresh.save(update_fields=["closed_on", "closing_reason"])
    chronicle.note(fresh, chronicle.Kind.RESTORED, on=day, by=by, before=None, after=fresh.standing, basis=basis)
    audit.record("unit.reopened", of=fresh, by=by, details=details)
    later("activities.renew", unit_id=fresh.pk)
    return fresh
