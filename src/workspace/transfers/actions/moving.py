"""What acceptance does to the person: the register, and the role of a plain member in the branch."""

from contextlib import suppress
from datetime import date

from workspace.access.actions import grants
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.models import Transfer


def move(transfer: Transfer, member: Member, *, on: date, by: User) -> None:
    """Put the member where the letter says from that day on."""
    if transfer.kind == Transfer.Kind.OUT:
        member.left_on, member.left_for, member.left_note = on, Member.Leaving.TRANSFERRED, transfer.destination_name
        member.save(update_fields=["left_on", "left_for", "left_note"])
    else:
        member.unit, member.left_on, member.left_for, member.left_note = transfer.destination, None, "", ""
        member.save(update_fields=["unit", "left_on", "left_for", "left_note"])
    _carry_role(member.user, transfer.origin, transfer.destination, by=by, on=on)


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
