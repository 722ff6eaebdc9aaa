"""Somebody stands in while a colleague is away (代理)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.permissions import groups
from shared.refusals import NotAllowed, Refusal
from workspace.access.actions.grants import AlreadyGranted, UnitClosed
from workspace.access.actions.offices import refuse_what_clashes
from workspace.access.actions.taking import take_away
from workspace.access.models import Grant, Role
from workspace.access.queries import may
from workspace.access.queries.offices import verbs_of_any
from workspace.access.words import role_name
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.inbox.models import Message

LONGEST_DAYS = 184  # half a year; who is away for longer is replaced


class NotYoursToLend(NotAllowed):
    message = _("只能委托自己持有的角色；代理来的权限不能再委托给别人。")


class NothingToLend(Refusal):
    message = _("“党员”是每个人自己的身份，不能委托。")


class NeedsSomebodyElse(Refusal):
    message = _("请选择另一位能登录的同事。")
    status = 400


class WrongDays(Refusal):
    message = _("代理要从今天或以后开始，最长{days}天，并且不超过您自己的期限。")
    status = 400


class NothingChosen(Refusal):
    message = _("请至少选择一类权限。")
    status = 400


class NotYoursToEnd(NotAllowed):
    message = _("只有委托人、代理人和管理员可以结束代理。")


@transaction.atomic
def delegate(
    held: Grant, *, to: User, since: date, until: date, reason: str, only: Iterable[str] | None = None, by: User
) -> Grant:
    """`to` may do what the grant lets do, or the groups named by `only`, from a day until another. It ends by itself.

    Raises NotYoursToLend, NothingToLend, NeedsSomebodyElse, WrongDays, NothingChosen, AlreadyGranted, UnitClosed,
    DutiesApart.
    """
    source = Grant.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=held.pk)
    _refuse(source, to, since, until, by)
    asked = _groups(source, only)
    refuse_what_clashes(to, source.role, source.unit)
    there = Grant.objects.filter(user=to, role=source.role, unit=source.unit).first()
    if there is not None and (there.until is None or there.until >= today()):
        raise AlreadyGranted(user=to, unit=source.unit, role=role_name(source.role))
    if there is not None:
        there.delete()  # over; what it was stands in the record
    made = Grant.objects.create(
        user=to,
        role=source.role,
        unit=source.unit,
        granted_by=by,
        since=since,
        until=until,
        delegated_from=source,
        reason=reason,
        only=asked,
    )
    record("access.delegated", of=made, by=by, details={**_said(made), "from": source.pk, "reason": reason})
    title = _now("{name}请您代理{role}，{since} 至 {until}").format(
        name=by.name, role=role_name(source.role), since=since, until=until
    )
    Message.objects.create(to=to, title=title[:120], body=reason, link="/access/mine/")
    return made


@transaction.atomic
def end(lent: Grant, *, by: User) -> None:
    """Before its day: by who lent it, who stands in, or who may grant there. Raises NotYoursToEnd."""
    source = lent.delegated_from
    if source is None or not (by.pk in {source.user_id, lent.user_id} or may(by, "access.grant", lent.unit)):
        raise NotYoursToEnd
    take_away(lent, by=by)
    told = {source.user_id, lent.user_id} - {by.pk}
    title = _now("{name}对{role}的代理已提前结束").format(name=lent.user.name, role=role_name(lent.role))
    Message.objects.bulk_create(Message(to_id=pk, title=title[:120], link="/access/mine/") for pk in sorted(told))


def _refuse(source: Grant, to: User, since: date, until: date, by: User) -> None:
    if source.user_id != by.pk or source.delegated_from_id:
        raise NotYoursToLend
    if source.role == Role.MEMBER:
        raise NothingToLend
    if source.unit.closed_on:
        raise UnitClosed(unit=source.unit)
    if to.pk == by.pk or not to.is_active:
        raise NeedsSomebodyElse
    too_long = until - since > timedelta(days=LONGEST_DAYS) or (source.until is not None and until > source.until)
    if not today() <= since <= until or too_long:
        raise WrongDays(days=LONGEST_DAYS)


def _groups(source: Grant, only: Iterable[str] | None) -> str:
    """As the column holds it; empty where all is lent."""
    if only is None:
        return ""
    verbs = verbs_of_any(source.role)
    known = [group.app for group in groups() if any(one.verb in verbs for one in group.permissions)]
    asked = [app for app in known if app in set(only)]
    if not asked:
        raise NothingChosen
    return "" if asked == known else f" {' '.join(asked)} "


def _said(made: Grant) -> dict[str, object]:
    days = {"since": str(made.since), "until": str(made.until)}
    return {"role": made.role, "unit": made.unit_id, "user": made.user_id, "only": sorted(made.groups), **days}
