"""What acceptance does to the person: an event of their own, and the role of a plain member in the branch."""

from contextlib import suppress
from datetime import date

from django.utils.translation import gettext

from shared.clock import today
from workspace.access.actions import grants, taking
from workspace.access.actions.leaving import end_access
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
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
    if member.user is None:
        return
    if kind == Transfer.Kind.OUT:
        # As everybody who leaves the register: no role from now on, administrators' apart.
        end_access(member.user, by=by, why="transfer.accepted")
    else:
        _carry_role(member.user, transfer.origin, transfer.destination, by=by)


def basis_of(transfer: Transfer) -> str:
    """介绍信 and its number."""
    return gettext("介绍信 {number}").format(number=transfer.number).strip()


def _carry_role(user: User, origin: Unit | None, destination: Unit | None, *, by: User) -> None:
    """A plain member sees the branch they belong to. Other roles were given for a task and are left to people."""
    if origin is None or destination is None:
        return
    for held in Grant.objects.in_force(today()).filter(user=user, role=Role.MEMBER, unit=origin):
        # Whoever receives their own letter has a role there already.
        with suppress(grants.AlreadyGranted, grants.NotToYourself):
            grants.put_grant(user, Role.MEMBER, destination, by=by, until=held.until)
        taking.take_away(held, by=by, why="transfer.accepted")
