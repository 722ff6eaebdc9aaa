"""Put payments on record, and take a mistaken one back."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rules.workdays import add_months
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.dues.models import Payment
from workspace.dues.queries.sheets import Line, sheet_of
from workspace.organization.models import Unit

MONTHS_AHEAD = 3  # dues may be paid for a quarter at once
_SHOWN = 5


class NobodyChosen(Refusal):
    message = _("还没有选择党员。请先勾选已交纳的人。")
    status = 400


class TooFarAhead(Refusal):
    message = _("党费按月交纳，也可以按季度交纳；还不能登记 {month} 的党费。")
    status = 400


class NotYetPaid(Refusal):
    message = _("交纳日期在将来。请在收到党费之后再登记，党组织不得垫交。")
    status = 400


class NotOnTheSheet(Refusal):
    message = _("有 {count} 人这个月不在本支部交纳党费，请刷新页面后重新选择。")


class NotAssessed(Refusal):
    message = _("{names}还没有核定党费标准，请先核定。")


class AlreadyPaid(Refusal):
    message = _("{names}这个月已经登记过。")


class AmountNotPositive(Refusal):
    message = _("{names}的金额须大于零。免交须另行登记并写明批准情况。")
    status = 400


class ApprovalMissing(Refusal):
    message = _("免交须经党支部研究并报上级党委批准，请在备注中写明批准日期或文号。")
    status = 400


@transaction.atomic
def record_payments(
    unit: Unit,
    month: date,
    amounts: Mapping[int, Decimal | None],
    *,
    paid_on: date,
    method: str,
    note: str = "",
    by: User,
    today: date,
) -> list[Payment]:
    """Settle the month (any day of it) for members of a branch: {key of member: yuan, or None for what was assessed}.

    All are recorded, or none. Waivers are recorded with an amount of zero, whatever `amounts` says.
    """
    month = month.replace(day=1)
    waived = method == Payment.Method.WAIVED
    _refuse_day(month, paid_on, today)
    if waived and not note.strip():
        raise ApprovalMissing
    rows = [
        Payment(
            member=line.member,
            month=month,
            amount=Decimal(0) if waived else _amount(line, amounts[line.member.pk]),
            paid_on=paid_on,
            method=method,
            note=note.strip(),
            by=by,
        )
        for line in _chosen(unit, month, amounts)
    ]
    if not waived and (wrong := [row for row in rows if row.amount <= 0]):
        raise AmountNotPositive(names=_names(row.member for row in wrong))
    try:
        with transaction.atomic():
            Payment.objects.bulk_create(rows)
    except IntegrityError as error:  # somebody else recorded one of them a moment ago
        raise AlreadyPaid(names=_names(row.member for row in rows)) from error
    verb = "dues.waived" if waived else "dues.paid"
    audit.record_many(verb, of=rows, by=by, details=[_told(row) for row in rows])
    return rows


@transaction.atomic
def undo_payment(payment: Payment, *, by: User) -> None:
    """Take a mistaken payment back; the audit record keeps what it was."""
    audit.record("dues.payment_undone", of=payment, by=by, details=_told(payment))
    payment.delete()


def _chosen(unit: Unit, month: date, amounts: Mapping[int, Decimal | None]) -> list[Line]:
    if not amounts:
        raise NobodyChosen
    lines = [line for line in sheet_of(unit, month).lines if line.member.pk in amounts]
    if len(lines) < len(amounts):
        raise NotOnTheSheet(count=len(amounts) - len(lines))
    if unknown := [line.member for line in lines if line.basis is None]:
        raise NotAssessed(names=_names(unknown))
    if settled := [line.member for line in lines if line.payment]:
        raise AlreadyPaid(names=_names(settled))
    return lines


def _amount(line: Line, given: Decimal | None) -> Decimal:
    return line.due if given is None else given


def _refuse_day(month: date, paid_on: date, today: date) -> None:
    if month > add_months(today.replace(day=1), MONTHS_AHEAD):
        raise TooFarAhead(month=f"{month:%Y-%m}")
    if paid_on > today:
        raise NotYetPaid


def _told(payment: Payment) -> dict[str, object]:
    return {
        "member": payment.member_id,
        "month": payment.month.isoformat(),
        "amount": str(payment.amount),
        "method": payment.method,
        "paid_on": payment.paid_on.isoformat(),
    }


def _names(members: Iterable[object]) -> str:
    names = [str(member) for member in members]
    more = _("等{count}人").format(count=len(names)) if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + str(more)
