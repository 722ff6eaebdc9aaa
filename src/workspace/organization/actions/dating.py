"""Since when a changed name or type holds, and since when a unit is there at all."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.organization.actions import chronicle
from workspace.organization.models import Change, Unit
from workspace.organization.standing import Basis, Standing

Kind = Change.Kind


class BeganTooLate(Refusal):
    message = _("{unit}在{on}已有“{kind}”，成立日期不能晚于这一天。")
    status = 400


def note_standing(unit: Unit, was: Standing, *, on: date | None, by: User, basis: Basis, corrects: bool) -> None:
    """Write down a new name or type. Raises what `chronicle` says against the day."""
    now = unit.standing
    kind, day = Kind.RENAMED if now.type == was.type else Kind.RETYPED, on
    if corrects:
        last = chronicle.last_of(unit)
        kind, day = Kind.CORRECTED, last.on if last else unit.established_on
    settled = chronicle.day_for(unit, day)
    chronicle.note(unit, kind, on=settled, by=by, before=was, after=now, basis=basis)


def redate_beginning(unit: Unit, established_on: date | None) -> None:
    """Let the unit's history begin on its day of establishment. Raises BeganTooLate when something came before it."""
    if established_on is None or established_on == unit.established_on:
        return
    first = Change.objects.filter(unit=unit).in_order().first()
    if first is None:
        return
    is_beginning = first.before is None
    later = Change.objects.filter(unit=unit).in_order()[int(is_beginning) :].first()
    if later is not None and established_on > later.on:
        raise BeganTooLate(unit=unit, on=later.on, kind=later.get_kind_display())
    if is_beginning:
        first.on, first.basis = established_on, replace(first.paper, is_assumed=False).stored()
        first.save(update_fields=["on", "basis"])
