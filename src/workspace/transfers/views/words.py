"""How states are written on several pages."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rules.transfers import LetterState
from shared.components.badges import badge
from workspace.transfers.models import Absence, Transfer

_LEVELS = {
    LetterState.OPEN: "",
    LetterState.EXPIRED: "late",
    LetterState.ACCEPTED: "good",
    LetterState.REJECTED: "",
    LetterState.REVOKED: "",
}


def state_badge(transfer: Transfer, on: date, *, is_mine: bool = False) -> SafeString:
    """`is_mine`: the reader is the one who takes in."""
    state = transfer.state(on)
    if state is LetterState.OPEN and is_mine:
        return badge(_("待您接收"), "info")
    if state is LetterState.EXPIRED:
        return badge(_("已过期 {days} 天").format(days=(on - transfer.expires_on).days), "late")
    return badge(str(transfer.get_outcome_display()), _LEVELS[state])


def due_badge(absence: Absence, on: date) -> SafeString:
    """When the next contact is due."""
    if absence.next_contact_on is None:
        return badge(str(absence.get_ended_for_display()), "")
    if absence.is_overdue(on):
        return badge(_("逾期 {days} 天").format(days=(on - absence.next_contact_on).days), "late")
    return badge(_("{day} 前").format(day=f"{absence.next_contact_on:%Y-%m-%d}"), "")
