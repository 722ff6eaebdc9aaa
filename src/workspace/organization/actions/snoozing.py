"""Put a finding off for a reason (暂不提醒), or take that back."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import rules
from shared.clock import today
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.models import Unit
from workspace.organization.notes import Notes, Snooze

LONGEST_MONTHS = 12


class NoSuchCheck(Refusal):
    message = _("没有这一项检查。")
    status = 404


class SnoozeOutOfBounds(Refusal):
    message = _("请选明天到一年以内的日期。")
    status = 400


def is_check(code: str) -> bool:
    """Whether there is a rule of this code; a finding that is put off may be of any."""
    return any(rule.code == code for rule in rules.rulebook().rules)


@transaction.atomic
def snooze(unit: Unit, code: str, *, until: date, reason: str, by: User) -> None:
    """The finding shows again on `until`. Raises NoSuchCheck or SnoozeOutOfBounds."""
    present = today()
    if not is_check(code):
        raise NoSuchCheck
    if not present < until <= rules.add_months(present, LONGEST_MONTHS):
        raise SnoozeOutOfBounds
    notes = _locked(unit)
    _keep(unit, replace(notes, snoozed={**notes.snoozed, code: Snooze(until, reason, by.name)}))
    details = {"rule": code, "until": until.isoformat(), "reason": reason}
    audit.record("unit.finding_put_off", of=unit, by=by, details=details)


@transaction.atomic
def wake(unit: Unit, code: str, *, by: User) -> None:
    """The finding shows again at once; nothing happens when it was not put off."""
    notes = _locked(unit)
    if code in notes.snoozed:
        _keep(unit, replace(notes, snoozed={name: kept for name, kept in notes.snoozed.items() if name != code}))
        audit.record("unit.finding_woken", of=unit, by=by, details={"rule": code})


def _locked(unit: Unit) -> Notes:
    return Notes.read(Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk).notes)


def _keep(unit: Unit, notes: Notes) -> None:
    """Not through `save`: what people say about findings is no change of the unit that another editor should see."""
    Unit.objects.filter(pk=unit.pk).update(notes=notes.stored())
