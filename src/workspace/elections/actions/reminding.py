"""Remind, each morning: terms that end in six, three and one months, and those that are over. Said once for each of
these, and once a month while a term is over; what was said stands on the unit's row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import rules
from workspace.access.queries.nearest import people_near
from workspace.accounts.models import User
from workspace.elections import messages
from workspace.elections.queries.above import committee_above
from workspace.elections.queries.terms import UnitTerm, near_their_end
from workspace.elections.queries.visibility import APPROVE, HANDLE
from workspace.organization.actions.elections import keep_notes
from workspace.organization.models import Unit
from workspace.organization.notes import Notes

_NAMED = 10


@transaction.atomic
def remind(*, on: date) -> int:
    """Returns how many messages were sent. Each person gets one, whatever the number of units."""
    told: dict[int, list[UnitTerm]] = defaultdict(list)
    people: dict[int, User] = {}
    near: dict[tuple[str, int], list[User]] = {}
    for one in near_their_end(Unit.objects.all(), on=on):
        mark = mark_of(one, on)
        notes = Notes.read(one.unit.notes)
        if not mark or notes.reminded == mark:
            continue
        keep_notes(one.unit, replace(notes, reminded=mark))
        for person in _people(one.unit, near):
            people[person.pk] = person
            if one not in told[person.pk]:
                told[person.pk].append(one)
    for key, found in sorted(told.items()):
        late = sum(one.stage == "over" for one in found)
        title = _("换届提醒：{count} 个党组织任期将满或已满（已满 {late} 个）").format(count=len(found), late=late)
        messages.tell([people[key]], title, _lines(found, on), "/elections/over/" if late else "/elections/due/")
    return len(told)


def mark_of(one: UnitTerm, on: date) -> str:
    """What is said of a term: its end, and which reminder, or how many months it is over."""
    if one.term is None:
        return ""
    if one.term.is_over(on):
        months = (on.year - one.term.ends.year) * 12 + on.month - one.term.ends.month
        return f"{one.term.ends.isoformat()}|over {months}"
    reminder = rules.reminder_on(one.term, on)
    return f"{one.term.ends.isoformat()}|{reminder.months_before}" if reminder else ""


def _people(unit: Unit, near: dict[tuple[str, int], list[User]]) -> list[User]:
    """Those of the unit and of the level above; asked once a unit."""
    above = committee_above(unit)
    found: list[User] = []
    for verb, place in ((HANDLE, unit), (APPROVE, above)):
        if place is None:
            continue
        if (verb, place.pk) not in near:
            near[verb, place.pk] = list(people_near(verb, place))
        found += near[verb, place.pk]
    return found


def _lines(found: Sequence[UnitTerm], on: date) -> str:
    lines = [_line(one, on) for one in found[:_NAMED]]
    more = [_("……共 {count} 个").format(count=len(found))] if len(found) > _NAMED else []
    return "\n".join([*lines, *more])


def _line(one: UnitTerm, on: date) -> str:
    words = _("{unit}：任期已于 {day} 届满") if one.stage == "over" else _("{unit}：任期 {day} 届满")
    said = words.format(unit=one.unit, day=one.ends)
    return said + _("，换届正在办理") if one.election else said
