"""Invitations sent out and withdrawn."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed, Refusal
from workspace.access.models import Invitation, Role
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.organization.models import Unit

# Capital letters and digits that nobody mistakes for one another, on paper or over the phone.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_CHARS = 6


class MayNotInvite(NotAllowed):
    message = _("您不能邀请人加入{unit}。")


class RoleTooHigh(NotAllowed):
    message = _("只有单位管理员可以邀请{role}。")


class UnitClosed(Refusal):
    message = _("{unit}已撤销，不能再邀请人加入。")


class ExpiryPassed(Refusal):
    message = _("截止时间已经过去，请选一个以后的日期。")
    status = 400


class AlreadyWithdrawn(Refusal):
    message = _("这个邀请已经撤回。")


@transaction.atomic
def invite(
    unit: Unit,
    *,
    role: str,
    by: User,
    at: datetime,
    expires_at: datetime,
    max_uses: int | None = None,
    needs_approval: bool = True,
) -> Invitation:
    """A way into the unit with a role. Raises MayNotInvite, RoleTooHigh, UnitClosed, ExpiryPassed.

    A secretary may bring in committee members and members; another secretary only the administrator may.
    """
    if not may(by, "access.invite", unit):
        raise MayNotInvite(unit=unit)
    if role not in Invitation.ROLES or (role == Role.SECRETARY and not may(by, "access.grant", unit)):
        raise RoleTooHigh(role=Role(role).label)
    if unit.closed_on:
        raise UnitClosed(unit=unit)
    if expires_at <= at:
        raise ExpiryPassed
    made = Invitation.objects.create(
        unit=unit,
        role=role,
        code=_fresh_code(),
        needs_approval=needs_approval,
        max_uses=max_uses,
        expires_at=expires_at,
        created_by=by,
    )
    record("invitation.sent", of=made, by=by, details={"role": role, "unit": unit.pk, "needs_approval": needs_approval})
    return made


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Nobody joins by it any more; those who did stay. Raises MayNotInvite, AlreadyWithdrawn."""
    verb = "access.grant" if invitation.role == Role.SECRETARY else "access.invite"
    if not may(by, verb, invitation.unit):
        raise MayNotInvite(unit=invitation.unit)
    if invitation.withdrawn_at:
        raise AlreadyWithdrawn
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record("invitation.withdrawn", of=invitation, by=by)


def _fresh_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARS))
        if not Invitation.objects.filter(code=code).exists():
            return code
