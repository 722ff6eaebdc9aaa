"""What a letter comes to, once. The row is locked first, so of two people at once the second is told."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.transfers.actions.issuing import told
from workspace.transfers.messages import account_of, tell, those_who
from workspace.transfers.models import Transfer
from workspace.transfers.queries.visibility import ACCEPT, ISSUE


class AcceptedAlready(Refusal):
    message = _("{person}的组织关系已于 {day} 接收，不能再接收一次。")


class ClosedAlready(Refusal):
    message = _("这件转接已经办结（{state}，{day}）。")


class ClosedTooEarly(Refusal):
    message = _("日期早于介绍信的开具日期 {day}。")
    status = 400


class NotYetClosed(Refusal):
    message = _("日期在将来。")
    status = 400


class ReasonMissing(Refusal):
    message = _("请写明原因，让对方知道为什么。")
    status = 400


@transaction.atomic
def reject(transfer: Transfer, *, on: date, reason: str, by: User, today: date) -> Transfer:
    """The new organisation does not accept; the person stays where they are. Whoever issued is told why."""
    now = _closed(transfer, Transfer.Outcome.REJECTED, on, reason, by, today)
    audit.record("transfer.rejected", of=now, by=by, details=told(now) | {"reason": now.remark})
    title = gettext("{person}的组织关系没有被接收").format(person=now.person_name)
    body = gettext("{where}：{reason}").format(where=now.destination_name, reason=now.remark)
    _tell_origin(now, title, body, by=by)
    return now


@transaction.atomic
def revoke(transfer: Transfer, *, on: date, reason: str, by: User, today: date) -> Transfer:
    """Whoever issued takes the letter back before it is accepted; its number is used up."""
    now = _closed(transfer, Transfer.Outcome.REVOKED, on, reason, by, today)
    audit.record("transfer.revoked", of=now, by=by, details=told(now) | {"reason": now.remark})
    if now.kind == Transfer.Kind.WITHIN:
        title = gettext("{person}的转接已撤回").format(person=now.person_name)
        tell(those_who(ACCEPT, now.destination), title, now.remark, f"/transfers/{now.pk}/", but=by)
    tell([account_of(now.member)], gettext("您的组织关系介绍信已撤回"), now.remark, f"/transfers/{now.pk}/", but=by)
    return now


def locked_open(transfer: Transfer, *, on: date, today: date) -> Transfer:
    """The row as it is now, held until the transaction ends. Raises AcceptedAlready, ClosedAlready, ClosedTooEarly,
    NotYetClosed."""
    now = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    if now.outcome == Transfer.Outcome.ACCEPTED:
        raise AcceptedAlready(person=now.person_name, day=now.closed_on)
    if not now.is_open:
        raise ClosedAlready(state=now.get_outcome_display(), day=now.closed_on)
    if on > today:
        raise NotYetClosed
    if on < now.issued_on:
        raise ClosedTooEarly(day=now.issued_on)
    return now


def close(now: Transfer, outcome: Transfer.Outcome, *, on: date, remark: str, by: User) -> None:
    """Write how it ended. What was kept of somebody from outside is emptied: the register holds it, or nobody needs
    it any more."""
    now.outcome, now.closed_on, now.remark, now.closed_by, now.newcomer = outcome.value, on, remark.strip(), by, {}
    now.save(update_fields=["member", "outcome", "closed_on", "remark", "closed_by", "newcomer", "updated_at"])


def _closed(transfer: Transfer, outcome: Transfer.Outcome, on: date, reason: str, by: User, today: date) -> Transfer:
    if len(reason.strip()) < 2:
        raise ReasonMissing
    now = locked_open(transfer, on=on, today=today)
    close(now, outcome, on=on, remark=reason, by=by)
    return now


def _tell_origin(now: Transfer, title: str, body: str, *, by: User) -> None:
    people = [*those_who(ISSUE, now.origin), account_of(now.member)]
    tell(people, title, body, f"/transfers/{now.pk}/", but=by)
