"""Acceptance moves (接收): from that day the new organisation is responsible. The rest of a letter only tells."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions import records
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.transfers.actions import absences, moving
from workspace.transfers.actions.closing import close, locked_open
from workspace.transfers.actions.issuing import NoLongerHere, refuse_nowhere, told
from workspace.transfers.messages import account_of, tell, those_who
from workspace.transfers.models import Absence, Transfer
from workspace.transfers.models.newcomer import Newcomer
from workspace.transfers.queries.visibility import ISSUE


class MovedMeanwhile(Refusal):
    message = _("{person}现在在「{unit}」，不在介绍信上的原支部。请核对后撤回这封介绍信。")


class HereAlready(Refusal):
    message = _("{person}已在册。请撤回这件转入，改为单位内转接。")


@transaction.atomic
def accept(transfer: Transfer, *, on: date, note: str = "", by: User, today: date) -> Transfer:
    """Whoever receives says from which day; of a letter to the outside, the day on the receipt.

    Raises AcceptedAlready, ClosedAlready, ClosedTooEarly, NotYetClosed, MovedMeanwhile, NoLongerHere, BranchClosed,
    HereAlready, AlreadyRegistered, RegisteredElsewhere.
    """
    now = locked_open(transfer, on=on, today=today)
    if now.kind != Transfer.Kind.OUT:
        refuse_nowhere(now.destination, "")
    now.member = member = _taken_in(now, by=by) if now.kind == Transfer.Kind.IN else _still_there(now)
    came = now.arriving
    close(now, Transfer.Outcome.ACCEPTED, on=on, remark=note, by=by)
    _end_absences(now, member, on=on, by=by)
    moving.move(now, member, on=on, by=by)
    if came:
        _bring_up_to_date(now, member, came, by=by)
    audit.record("transfer.accepted", of=now, by=by, details=told(now) | {"on": on.isoformat()})
    title = gettext("{person}的组织关系已被接收").format(person=now.person_name)
    body = gettext("自{day}起由{where}管理。").format(day=f"{on:%Y-%m-%d}", where=now.destination_name)
    people = [*those_who(ISSUE, now.origin), account_of(member)]
    tell(people, title, body, f"/transfers/{now.pk}/", but=by)
    return now


def _still_there(now: Transfer) -> Member:
    member = _locked().get(pk=now.member_id or 0)
    if member.left_on:
        raise NoLongerHere(names=member.name)
    if now.origin_id and member.unit_id != now.origin_id:
        raise MovedMeanwhile(person=member.name, unit=member.unit)
    return member


def _taken_in(now: Transfer, *, by: User) -> Member:
    """On the register, where the letter says; one who left before is the same person again."""
    came = Newcomer.of(now.newcomer)
    if now.destination is None:
        raise AssertionError("a letter from outside names a branch of ours")
    if now.member_id is None:
        return records.register_member(now.destination, came.values(), by=by)
    member = _locked().get(pk=now.member_id or 0)
    if member.is_present:
        raise HereAlready(person=member.name)
    return member


def _bring_up_to_date(now: Transfer, member: Member, came: Newcomer, *, by: User) -> None:
    """Of one who was known before: what was known is kept where the letter is silent, and follows it where it speaks.
    Of a new one everything is said already."""
    said = {name: value for name, value in came.values().items() if value and name != "citizen_number"}
    records.change(member, said, by=by, seen_at=member.updated_at, basis=moving.basis_of(now))


def _locked() -> MemberQuerySet:
    return Member.objects.select_for_update(of=("self",)).select_related("unit", "user")


def _end_absences(now: Transfer, member: Member, *, on: date, by: User) -> None:
    """Whoever moved is no longer away from where they belong. Abroad and out of contact go along inside the unit."""
    away = Absence.objects.open().filter(member=member, since__lte=on)
    if now.kind == Transfer.Kind.WITHIN:
        away = away.filter(kind__in=(Absence.Kind.FLOATING, Absence.Kind.GRADUATE))
    for row in away.select_for_update(of=("self",)).select_related("member"):
        absences.finish(row, on=on, ending=Absence.Ending.TRANSFERRED, by=by)
