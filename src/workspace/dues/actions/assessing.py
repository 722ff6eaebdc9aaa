"""Assess what a member pays a month (核定党费)."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rules import dues
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.dues.models import Basis
from workspace.members.models import Member


class NotAMemberYet(Refusal):
    message = _("{member}还不是党员，不交纳党费。")


class BeforeMembership(Refusal):
    message = _("{member}自{month}起交纳党费（支部大会通过之月），起始月份不能更早。")
    status = 400


class BaseNeeded(Refusal):
    message = _("请填写交纳基数（元／月）。")
    status = 400


class BaseNotAllowed(Refusal):
    message = _("交纳基数不能小于零。")
    status = 400


class FixedAmountNotAllowed(Refusal):
    message = _("每月金额须在 {lowest} 元到 {highest} 元之间。")
    status = 400


@transaction.atomic
def assess(
    member: Member,
    *,
    payer: dues.Payer,
    base: Decimal | None = None,
    chosen: Decimal | None = None,
    since: date,
    by: User,
) -> Basis:
    """Set what a member pays from the month of `since` on. Another assessment from the same month is replaced.

    `base` is yuan a month for those who pay a share; it is used and not kept. `chosen` is a fixed amount.
    """
    month = since.replace(day=1)
    _refuse_outside(member, month)
    found = _worked_out(payer, base, chosen, month)
    # locked: two assessments at once must leave one chain of months
    Member.objects.select_for_update().get(pk=member.pk)
    following = Basis.objects.filter(member=member, since__gt=month).order_by("since").first()
    Basis.objects.filter(member=member, since__lt=month).exclude(until__lte=month).update(until=month)
    basis, created = Basis.objects.update_or_create(
        member=member,
        since=month,
        defaults={
            "payer": payer.value,
            "monthly": found.amount,
            "rate": found.rate,
            "until": following.since if following else None,
            "by": by,
        },
    )
    details = {"monthly": str(found.amount), "payer": payer.value, "since": month.isoformat(), "replaced": not created}
    audit.record("dues.assessed", of=member, by=by, details=details)
    return basis


def _refuse_outside(member: Member, month: date) -> None:
    if member.category not in Member.MEMBERS:
        raise NotAMemberYet(member=member)
    if member.joined_on and month < dues.first_month(member.joined_on):
        raise BeforeMembership(member=member, month=f"{dues.first_month(member.joined_on):%Y-%m}")


def _worked_out(payer: dues.Payer, base: Decimal | None, chosen: Decimal | None, on: date) -> dues.Assessment:
    """The rules' own refusals in words that say what to do."""
    try:
        return dues.monthly(payer, base, chosen=chosen, on=on)
    except dues.BaseMissing as error:
        raise BaseNeeded from error
    except dues.NegativeBase as error:
        raise BaseNotAllowed from error
    except dues.AmountOutOfRange as error:
        rule = payer.rule(on)
        raise FixedAmountNotAllowed(lowest=rule.decimal("minimum"), highest=rule.decimal("maximum")) from error
