"""Tell members that a month is still open."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.audit.models import Entry
from workspace.dues.queries.sheets import sheet_of
from workspace.inbox.models import Message
from workspace.organization.models import Unit


class NobodyToRemind(Refusal):
    message = _("这个月没有未交的党员，不用提醒。")


class RemindedToday(Refusal):
    message = _("今天已经提醒过一次，明天再提醒吧。")


@dataclass(frozen=True)
class Reminded:
    """How many were told in the app, and the names of those without an account, who have to be told otherwise."""

    told: int
    without_account: list[str]


@transaction.atomic
def remind(unit: Unit, month: date, *, by: User, at: datetime) -> Reminded:
    """A message to everybody of the branch whose month is open; at most once a day."""
    unpaid = sheet_of(unit, month).unpaid
    if not unpaid:
        raise NobodyToRemind
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    said = Entry.objects.filter(kind=unit._meta.label_lower, thing=str(unit.pk), at__gte=today, verb="dues.reminded")
    if said.filter(details__month=month.isoformat()).exists():
        raise RemindedToday
    reachable = [(line, user) for line in unpaid if (user := line.member.user_id)]
    Message.objects.bulk_create(
        Message(
            to_id=user,
            title=gettext("{month}的党费还没有交纳").format(month=f"{month:%Y-%m}"),
            body=gettext("应交 {amount} 元。请本人向{unit}交纳，可以按季度交纳。").format(amount=line.due, unit=unit),
            link="/dues/me/",
        )
        for line, user in reachable
    )
    audit.record("dues.reminded", of=unit, by=by, details={"month": month.isoformat(), "told": len(reachable)})
    return Reminded(len(reachable), [line.member.name for line in unpaid if not line.member.user_id])
