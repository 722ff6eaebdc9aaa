"""Issue letters (开具介绍信): one for each person, all or none. Nobody moves by it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.messages import account_of, tell, those_who
from workspace.transfers.models import Transfer
from workspace.transfers.models.letterhead import Letterhead
from workspace.transfers.numbering import numbers
from workspace.transfers.paid import paid_until
from workspace.transfers.queries.visibility import ACCEPT

MOST_DAYS = 365
_SHOWN = 5


class NobodyChosen(Refusal):
    message = _("还没有选择人。")
    status = 400


class NoLongerHere(Refusal):
    message = _("{names}已不在册，不能开具介绍信。")


class OnTheWayAlready(Refusal):
    message = _("{names}已有一件在办的转接。请先办结或撤回，再重新开具。")


class ThereAlready(Refusal):
    message = _("{names}已在「{unit}」，不用转接。")


class NowhereToGo(Refusal):
    message = _("请写明转到哪里：选择本单位的党支部，或填写外单位党组织的名称。")
    status = 400


class BranchClosed(Refusal):
    message = _("「{unit}」不能接收党员：它已撤销，或不是党支部。请另选一个。")


class NotIssuedYet(Refusal):
    message = _("开具日期在将来。")
    status = 400


class ValidityOutOfRange(Refusal):
    message = _("有效期须在 1 天到 {most} 天之间。")
    status = 400


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the letters say. `destination` is a branch of this workspace; outside, only the name is known. Without
    `paid_until`, each letter says up to which month its person has paid."""

    destination: Unit | None = None
    destination_name: str = ""
    reason: str = Transfer.Reason.WORK.value
    issued_on: date
    valid_days: int
    word: str
    paid_until: date | None = None
    letterhead: Letterhead = field(default_factory=Letterhead)


@transaction.atomic
def issue(people: Sequence[Member], order: Order, *, by: User, on: date) -> list[Transfer]:
    """A letter for each, in the order given. `on` is today.

    Raises NobodyChosen, NoLongerHere, OnTheWayAlready, ThereAlready, NowhereToGo, BranchClosed, NotIssuedYet,
    ValidityOutOfRange.
    """
    refuse_impossible(order.issued_on, order.valid_days, on=on)
    refuse_nowhere(order.destination, order.destination_name)
    members = _locked(people)
    _refuse_people(members, order.destination)
    drawn = numbers(order.word, order.issued_on)
    known = {} if order.paid_until else paid_until(members)
    rows = [_letter(member, order, *next(drawn), paid=known.get(member.pk), by=by) for member in members]
    try:
        with transaction.atomic():
            Transfer.objects.bulk_create(rows)
    except IntegrityError as error:  # somebody else issued one of them a moment ago
        raise OnTheWayAlready(names=names_of(members)) from error
    audit.record_many("transfer.issued", of=rows, by=by, details=[told(row) for row in rows])
    _announce(rows, order.destination, by=by)
    return rows


def refuse_impossible(issued_on: date, valid_days: int, *, on: date) -> None:
    """Days that no letter has."""
    if issued_on > on:
        raise NotIssuedYet
    if not 1 <= valid_days <= MOST_DAYS:
        raise ValidityOutOfRange(most=MOST_DAYS)


def refuse_nowhere(destination: Unit | None, destination_name: str) -> None:
    if destination is None:
        if not destination_name.strip():
            raise NowhereToGo
    elif not destination.is_branch or not destination.is_open:
        raise BranchClosed(unit=destination)


def names_of(members: Sequence[object]) -> str:
    """The first few by name, and how many in all."""
    more = gettext("等{count}人").format(count=len(members)) if len(members) > _SHOWN else ""
    return "、".join(str(member) for member in members[:_SHOWN]) + more


def told(row: Transfer) -> dict[str, object]:
    """For the record: of whom, from where to where, under which number."""
    return {
        "member": row.member_id,
        "kind": row.kind,
        "number": row.number,
        "from": row.origin_name,
        "to": row.destination_name,
        "issued_on": row.issued_on.isoformat(),
        "valid_days": row.valid_days,
    }


def _locked(people: Sequence[Member]) -> list[Member]:
    if not people:
        raise NobodyChosen
    keys = [member.pk for member in people]
    rows = Member.objects.select_for_update(of=("self",)).select_related("unit").filter(pk__in=keys).order_by("pk")
    by_key = {member.pk: member for member in rows}
    return [by_key[key] for key in keys]


def _refuse_people(members: list[Member], destination: Unit | None) -> None:
    if gone := [member for member in members if member.left_on]:
        raise NoLongerHere(names=names_of(gone))
    if destination and (there := [member for member in members if member.unit_id == destination.pk]):
        raise ThereAlready(names=names_of(there), unit=destination)
    busy = set(Transfer.objects.open().filter(member__in=members).values_list("member_id", flat=True))
    if busy:
        raise OnTheWayAlready(names=names_of([member for member in members if member.pk in busy]))


def _letter(member: Member, order: Order, number: str, serial: int, *, paid: date | None, by: User) -> Transfer:
    inside = order.destination is not None
    row = Transfer(
        kind=Transfer.Kind.WITHIN if inside else Transfer.Kind.OUT,
        member=member,
        person_name=member.name,
        origin=member.unit,
        origin_name=member.unit.name,
        destination=order.destination,
        destination_name=order.destination.name if order.destination else order.destination_name.strip(),
        reason=order.reason,
        number=number,
        year=order.issued_on.year,
        serial=serial,
        issued_on=order.issued_on,
        valid_days=order.valid_days,
        paid_until=order.paid_until or paid,
        letterhead=order.letterhead.stored(),
        issued_by=by,
    )
    row.count_days()
    return row


def _announce(rows: list[Transfer], destination: Unit | None, *, by: User) -> None:
    """The branch that receives gets one message however many come; each person is told of their own letter."""
    if destination is not None:
        title = gettext("有 {count} 人转来，等待接收").format(count=len(rows))
        body = gettext("{names}，转往{unit}。接收之前仍由原支部管理。").format(
            names=names_of([row.person_name for row in rows]), unit=destination
        )
        link = f"/transfers/{rows[0].pk}/" if len(rows) == 1 else "/transfers/"
        tell(those_who(ACCEPT, destination), title, body, link, but=by)
    for row in rows:
        body = gettext("转往{where}，{day}前有效。对方接收之前，您仍在原支部参加组织生活、交纳党费。").format(
            where=row.destination_name, day=f"{row.expires_on:%Y-%m-%d}"
        )
        own = [account_of(row.member)]
        tell(own, gettext("您的组织关系介绍信已开出"), body, f"/transfers/{row.pk}/", but=by)
