"""Planning: an activity is set down, changed, announced or called off."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rules import EventKind
from shared.refusals import NotAllowed, Refusal
from workspace.accounts.models import User
from workspace.activities.actions.roll import AlreadyOver, draw_up_roll
from workspace.activities.models import Activity
from workspace.activities.queries.notice import notice_text
from workspace.audit import actions as audit
from workspace.audit.changes import diff
from workspace.inbox.models import Message
from workspace.members.models import Member
from workspace.organization.models import Unit

CHANGEABLE = frozenset(
    {
        "title", "kinds", "aims", "audience", "starts_at", "ends_at", "place", "online_url", "host", "agenda",
        "preparation",
    }
)  # fmt: skip
# The address of an online meeting lets in whoever reads it.
_SAYS = {"online_url": lambda url: "***" if url else ""}
_WORTH_TELLING = frozenset({"starts_at", "ends_at", "place", "online_url"})


class EndsBeforeItStarts(Refusal):
    message = _("结束时间应晚于开始时间。")
    status = 400


class NoKind(Refusal):
    message = _("请至少选择一种活动类型。")
    status = 400


class UnknownKind(Refusal):
    message = _("没有「{kind}」这种活动类型。")
    status = 400


class UnitClosed(Refusal):
    message = _("「{unit}」已撤销，不能再安排活动。")


class NothingToOrganise(NotAllowed):
    message = _("你没有可以安排活动的组织；请联系支部书记或单位管理员。")


class ReasonForCancellingMissing(Refusal):
    message = _("请写明取消原因，参加人员会看到。")
    status = 400


@transaction.atomic
def plan(unit: Unit, *, by: User, chosen: Collection[Member] = (), **details: Any) -> Activity:
    """Set down an activity and draw up its roll.

    `details` are fields of CHANGEABLE; title, kinds and times are needed.

    Raises UnitClosed, NoKind, UnknownKind, EndsBeforeItStarts.
    """
    if unit.closed_on is not None:
        raise UnitClosed(unit=unit)
    _refuse_unknown_fields(details)
    activity = Activity(unit=unit, created_by=by, check_in_seed=secrets.token_hex(16), **details)
    _check(activity)
    activity.save()
    draw_up_roll(activity, chosen=chosen)
    audit.record("activity.planned", of=activity, by=by, details={"unit": unit.pk, "kinds": activity.kinds})
    return activity


@transaction.atomic
def change(activity: Activity, *, by: User, **details: Any) -> Activity:
    """Change what was planned. A new time or place is told to everybody who had been given notice."""
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    _refuse_unknown_fields(details)
    changed = [name for name, value in details.items() if getattr(activity, name) != value]
    if not changed:
        return activity
    told = diff({name: getattr(activity, name) for name in changed}, details, names=sorted(changed), says=_SAYS)
    for name in changed:
        setattr(activity, name, details[name])
    _check(activity)
    activity.revision += 1
    activity.save(update_fields=[*changed, "revision", "updated_at"])
    if "audience" in changed:
        draw_up_roll(activity)
    audit.record("activity.changed", of=activity, by=by, details={"fields": sorted(changed), "changed": told})
    if activity.notified_at and _WORTH_TELLING & set(changed):
        _tell(activity, _("活动有调整：{title}").format(title=activity.title), notice_text(activity))
    return activity


@transaction.atomic
def cancel(activity: Activity, *, by: User, reason: str, at: datetime) -> Activity:
    """Call it off, with a reason that everybody on the roll can read."""
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    if not reason.strip():
        raise ReasonForCancellingMissing
    activity.cancelled_at, activity.cancelled_by, activity.cancel_reason = at, by, reason.strip()
    activity.revision += 1
    activity.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason", "revision", "updated_at"])
    audit.record("activity.cancelled", of=activity, by=by, details={"reason": reason.strip()})
    if activity.notified_at:
        _tell(activity, _("活动已取消：{title}").format(title=activity.title), reason.strip())
    return activity


@transaction.atomic
def notify(activity: Activity, *, by: User, at: datetime) -> int:
    """Send the notice to everybody on the roll who has an account. Returns to how many."""
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    draw_up_roll(activity)
    told = _tell(activity, _("活动通知：{title}").format(title=activity.title), notice_text(activity))
    activity.notified_at = at
    activity.save(update_fields=["notified_at", "updated_at"])
    audit.record("activity.notified", of=activity, by=by, details={"people": told})
    return told


def _tell(activity: Activity, title: str, body: str) -> int:
    link = f"/activities/{activity.pk}/"
    accounts = User.objects.filter(is_active=True, member__participations__activity=activity)
    messages = [Message(to=user, title=title[:120], body=body, link=link) for user in accounts]
    return len(Message.objects.bulk_create(messages, batch_size=1000))


def _check(activity: Activity) -> None:
    if not activity.kinds:
        raise NoKind
    for kind in activity.kinds:
        if kind not in set(EventKind):
            raise UnknownKind(kind=kind)
    if activity.ends_at <= activity.starts_at:
        raise EndsBeforeItStarts


def _refuse_unknown_fields(details: dict[str, Any]) -> None:
    unknown = set(details) - CHANGEABLE
    if unknown:
        raise TypeError(f"not fields of a plan: {sorted(unknown)}")
