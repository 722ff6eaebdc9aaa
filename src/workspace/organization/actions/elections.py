"""What an election changes on a unit's row: the day of the last one, and the day to which the next was moved."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from shared.queue import later
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.audit.changes import diff
from workspace.organization.models import Unit
from workspace.organization.notes import Notes


@transaction.atomic
def postpone(unit: Unit, *, to: date, by: User) -> None:
    """The level above moved the end of the sitting term."""
    notes = Notes.read(Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk).notes)
    keep_notes(unit, replace(notes, postponed_to=to))
    audit.record("unit.election_postponed", of=unit, by=by, details={"until": to.isoformat()})


@transaction.atomic
def elected(unit: Unit, *, on: date, by: User) -> None:
    """A new term begins on that day; what was said of the old one is over."""
    fresh = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    before, fresh.elected_on = fresh.elected_on, on
    fresh.save(update_fields=["elected_on"])
    keep_notes(fresh, replace(Notes.read(fresh.notes), postponed_to=None, reminded=""))
    changes = diff({"elected_on": before}, {"elected_on": on}, names=["elected_on"], says={})
    audit.record("unit.changed", of=fresh, by=by, details={"changes": changes})
    later("activities.renew", unit_id=fresh.pk)


def keep_notes(unit: Unit, notes: Notes) -> None:
    """Not through `save`: it is no change of the unit that another editor should see."""
    Unit.objects.filter(pk=unit.pk).update(notes=notes.stored())
