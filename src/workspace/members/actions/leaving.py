"""Take somebody off the register, and back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.clock import now
from shared.refusals import Refusal
from workspace.access.actions.leaving import end_access
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.events.happening import locked
from workspace.members.actions.events.registering import LEAVING, events_of
from workspace.members.actions.events.writing import Happening, strike, write
from workspace.members.models import Event, Member
from workspace.members.standing import in_order
from workspace.members.standing.ledger import LEAVING as LEAVING_KINDS


class AlreadyLeft(Refusal):
    message = _("{member}已不在册。")


class NotLeft(Refusal):
    message = _("{member}仍在册。")


class LeftBeforeJoining(Refusal):
    message = _("离开日期早于入党日期{joined}，请核对。")
    status = 400


@transaction.atomic
def leave(member: Member, *, on: date, reason: str, note: str, by: User) -> None:
    """The member is no longer on the register from that day, and has no role from now on.

    Raises AlreadyLeft, LeftBeforeJoining, EventRefused.
    """
    row = locked(member)
    if row.left_on:
        raise AlreadyLeft(member=row)
    if row.joined_on and on < row.joined_on and reason != Member.Leaving.MISTAKE:
        raise LeftBeforeJoining(joined=row.joined_on)
    write(row, [_leaving(row, on=on, reason=reason, note=note)], by=by, at=now())
    details = {"on": on.isoformat(), "reason": str(row.get_left_for_display()), "note": note}
    audit.record("member.left", of=row, by=by, details=details)
    # A line entered by mistake says nothing of the person behind the account.
    if row.user is not None and reason != Member.Leaving.MISTAKE:
        end_access(row.user, by=by, why="member.left")


@transaction.atomic
def come_back(member: Member, *, reason: str, by: User) -> None:
    """Undo a leaving; what was said about it stays in the record. Raises NotLeft, EventRefused."""
    row = locked(member)
    if not row.left_on:
        raise NotLeft(member=row)
    details = {"left_on": row.left_on.isoformat(), "reason": reason}
    last = [event for event in in_order(events_of([row])[row.pk]) if event.kind in LEAVING_KINDS][-1]
    strike(row, last, by=by, reason=reason, at=now())
    audit.record("member.returned", of=row, by=by, details=details)


def _leaving(row: Member, *, on: date, reason: str, note: str) -> Happening:
    kind = LEAVING[Member.Leaving(reason)]
    if kind == Event.Kind.REMOVED and row.category not in Member.MEMBERS:
        kind = Event.Kind.LEFT_OTHERWISE
    details = {"left_for": reason} if kind == Event.Kind.LEFT_OTHERWISE else {}
    return Happening(row, kind, on, note, details=details)
