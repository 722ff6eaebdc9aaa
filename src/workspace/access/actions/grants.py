"""Roles given and taken away."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.refusals import NotAllowed, Refusal
from workspace.access.models import Grant, Role
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.organization.models import Unit


class MayNotGrant(NotAllowed):
    message = _("您不能在{unit}授予或收回角色，请联系单位管理员。")


class AlreadyGranted(Refusal):
    message = _("{user}已是{unit}的{role}。")


class UnitClosed(Refusal):
    message = _("{unit}已撤销，不能再授予角色。")


class LastAdministrator(Refusal):
    message = _("{user}是最后一位单位管理员。请先任命另一位管理员，再收回或停用。")


@transaction.atomic
def grant(user: User, role: str, unit: Unit, *, by: User, until: date | None = None) -> Grant:
    """Give a role, until a day or for good. Raises MayNotGrant, AlreadyGranted, UnitClosed."""
    if not may(by, "access.grant", unit):
        raise MayNotGrant(unit=unit)
    return put_grant(user, role, unit, by=by, until=until)


def put_grant(user: User, role: str, unit: Unit, *, by: User | None, until: date | None = None) -> Grant:
    """The row and its record, without asking whether `by` may: an invitation or an acceptance has asked already."""
    if unit.closed_on:
        raise UnitClosed(unit=unit)
    made, created = Grant.objects.get_or_create(
        user=user, role=role, unit=unit, defaults={"granted_by": by, "until": until}
    )
    if not created:
        if made.until is None or (made.until >= today() and made.until == until):
            raise AlreadyGranted(user=user, unit=unit, role=Role(role).label)
        made.until, made.granted_by = until, by
        made.save(update_fields=["until", "granted_by"])
    details = {"role": role, "unit": unit.pk, "until": until.isoformat() if until else None, "user": user.pk}
    record("access.granted", of=made, by=by, details=details)
    return made


@transaction.atomic
def revoke(held: Grant, *, by: User) -> None:
    """Take a role away, at once. Raises MayNotGrant, LastAdministrator."""
    if not may(by, "access.grant", held.unit):
        raise MayNotGrant(unit=held.unit)
    if held.role == Role.ADMIN:
        keep_an_administrator(without=held.user, unless_by=held)
    record("access.revoked", of=held, by=by, details={"role": held.role, "unit": held.unit_id, "user": held.user_id})
    held.delete()


def keep_an_administrator(*, without: User, unless_by: Grant | None = None) -> None:
    """Raises LastAdministrator when nobody but this person would hold the whole tree.

    `unless_by` narrows it to one grant of theirs. The rows are locked, so two who leave at once cannot both go.
    """
    holders = Grant.objects.select_for_update().in_force(today()).filter(role=Role.ADMIN, unit__depth=1)
    rows = list(holders.select_related("user"))
    if unless_by is not None:
        if unless_by.pk not in {row.pk for row in rows}:
            return
        left = [row for row in rows if row.pk != unless_by.pk]
    else:
        if without.pk not in {row.user_id for row in rows}:
            return
        left = [row for row in rows if row.user_id != without.pk]
    # One who never set a password cannot be counted on.
    if not any(row.user.is_active and row.user.has_usable_password() for row in left):
        raise LastAdministrator(user=without)
