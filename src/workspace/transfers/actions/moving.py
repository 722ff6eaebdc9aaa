"""What acceptance does to the person: an event of their own, and the role of a plain member in the branch."""

from contextlib import suppress
from datetime import date

from django.utils.translation import gettext

from workspace.access.actions import grants
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.events import happen
from workspace.members.models import Event, Member
from workspace.organization.models import Unit
from workspace.transfers.models import Transfer

_KINDS = {
    Transfer.Kind.WITHIN: Event.Kind.MOVED,
    Transfer.Kind.OUT: Event.Kind.TRANSFERRED_OUT,
    Transfer.Kind.IN: Event.Kind.TRANSFERRED_IN,
}
_ELSEWHERE = {Transfer.Kind.OUT: "destination", Transfer.Kind.IN: "origin"}


def move(transfer: Transfer, member: Member, *, on: date, by: User) -> None:
    """The relation is where the letter says from that day on. Raises an EventRefused that says what does not fit."""
    kind = Transfer.Kind(transfer.kind)
    details: dict[str, object] = {"transfer": transfer.pk}
    if side := _ELSEWHERE.get(kind):
        details[side] = getattr(transfer, f"{side}_name")
    unit = None if kind == Transfer.Kind.OUT else transfer.destination
    happen(member, _KINDS[kind], on=on, by=by, basis=basis_of(transfer), unit=unit, details=details)
    _carry_role(member.user, transfer.origin, transfer.destination, by=by, on=on)


def basis_of(transfer: Transfer) -> str:
    """介绍信 and its number."""
    return gettext("介绍信 {number}").format(number=transfer.number).strip()


def _carry_role(user: User | None, origin: Unit | None, destination: Unit | None, *, by: User, on: date) -> None:
    """A plain member sees the branch they belong to. Other roles were given for a task and are left to people."""
    if user is None or origin is None:
        return
    for held in Grant.objects.in_force(on).filter(user=user, role=Role.MEMBER, unit=origin):
        if destination is not None:
            with suppress(grants.AlreadyGranted):
                grants.put_grant(user, Role.MEMBER, destination, by=by, until=held.until)
        details = {"role": held.role, "unit": held.unit_id, "user": held.user_id}
        audit.record("access.revoked", of=held, by=by, details=details)
        held.delete()
