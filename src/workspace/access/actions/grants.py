"""Roles given, changed and taken away."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.refusals import NotAllowed, Refusal
from workspace.access.actions.last import keep_an_administrator
from workspace.access.actions.offices import refuse_what_clashes
from workspace.access.actions.taking import details_of, take_away
from workspace.access.models import OFFICES, Grant, Role
from workspace.access.queries import may
from workspace.access.queries.offices import missing_to_give
from workspace.access.words import role_name, verbs_line
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.organization.models import Unit


class MayNotGrant(NotAllowed):
    message = _("您不能在{unit}授予或收回角色，请联系单位管理员。")


class NotToYourself(NotAllowed):
    message = _("不能给自己授予角色或延长期限，请由另一位管理员操作。")


class MoreThanYouHold(NotAllowed):
    message = _("您没有“{verbs}”的权限，不能把含有它的“{role}”授予他人。")


class AlreadyGranted(Refusal):
    message = _("{user}已是{unit}的{role}。")


class UnitClosed(Refusal):
    message = _("{unit}已撤销，不能再授予角色。")


class EndsBeforeItBegins(Refusal):
    message = _("截止日期不能早于开始日期，也不能早于今天。")
    status = 400


class OfficeWithoutEnd(Refusal):
    message = _("{role}由任免决定，不设截止日期；换人时先任命新的，再收回原来的。")
    status = 400


class EndsWithItsSource(Refusal):
    message = _("这是代理，期限由委托人决定。")


@transaction.atomic
def grant(
    user: User, role: str, unit: Unit, *, by: User, since: date | None = None, until: date | None = None
) -> Grant:
    """Give a role from a day on, until a day or for good.

    Raises MayNotGrant, NotToYourself, MoreThanYouHold, AlreadyGranted, UnitClosed, EndsBeforeItBegins, OfficeWithoutEnd
    and what `refuse_what_clashes` raises.
    """
    _ask(user, role, unit, by=by)
    return put_grant(user, role, unit, by=by, since=since, until=until)


def put_grant(
    user: User, role: str, unit: Unit, *, by: User | None, since: date | None = None, until: date | None = None
) -> Grant:
    """The row and its record, without asking whether `by` may: an invitation or an acceptance has asked already."""
    if unit.closed_on:
        raise UnitClosed(unit=unit)
    if by is not None and by.pk == user.pk:
        raise NotToYourself
    _refuse_wrong_days(role, since, until)
    refuse_what_clashes(user, role, unit)
    made, created = Grant.objects.get_or_create(
        user=user, role=role, unit=unit, defaults={"granted_by": by, "since": since, "until": until}
    )
    if not created:
        is_own = made.delegated_from_id is None
        if is_own and (made.until is None or (made.until >= today() and made.until == until)):
            raise AlreadyGranted(user=user, unit=unit, role=role_name(role))
        made.since, made.until, made.granted_by = since, until, by
        made.delegated_from, made.only, made.reason = None, "", ""
        made.save(update_fields=["since", "until", "granted_by", "delegated_from", "only", "reason"])
        _shorten_what_was_lent(made)
    record("access.granted", of=made, by=by, details=details_of(made))
    return made


@transaction.atomic
def change_end(held: Grant, *, until: date | None, by: User) -> None:
    """Give it another last day, or none. What was lent of it ends no later.

    Raises what `grant` raises, EndsWithItsSource and LastAdministrator.
    """
    now = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=held.pk)
    _ask(now.user, now.role, now.unit, by=by)
    if now.delegated_from_id:
        raise EndsWithItsSource
    _refuse_wrong_days(now.role, now.since, until)
    if until and (now.until is None or until < now.until):
        keep_an_administrator(without=now.user, unless_by=now)
    before, now.until = now.until, until
    now.save(update_fields=["until"])
    _shorten_what_was_lent(now)
    details = {**details_of(now), "before": before.isoformat() if before else None}
    record("access.end_changed", of=now, by=by, details=details)


@transaction.atomic
def revoke(held: Grant, *, by: User) -> None:
    """Take a role away, at once, and what was lent of it. Raises MayNotGrant, LastAdministrator."""
    if not may(by, "access.grant", held.unit):
        raise MayNotGrant(unit=held.unit)
    keep_an_administrator(without=held.user, unless_by=held)
    take_away(held, by=by)


def _ask(user: User, role: str, unit: Unit, *, by: User) -> None:
    if not may(by, "access.grant", unit):
        raise MayNotGrant(unit=unit)
    if user.pk == by.pk:
        raise NotToYourself
    if missing := missing_to_give(by, role, unit):
        raise MoreThanYouHold(verbs=verbs_line(missing), role=role_name(role))


def _refuse_wrong_days(role: str, since: date | None, until: date | None) -> None:
    if until and until < max(since or today(), today()):
        raise EndsBeforeItBegins
    if role in OFFICES and (until or since):
        raise OfficeWithoutEnd(role=Role(role).label)


def _shorten_what_was_lent(of: Grant) -> None:
    if of.until:
        of.delegations.filter(until__gt=of.until).update(until=of.until)
