"""Take somebody off the register, and back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.models import Member


class AlreadyLeft(Refusal):
    message = _("{member}已不在册。")


class NotLeft(Refusal):
    message = _("{member}仍在册。")


class LeftBeforeJoining(Refusal):
    message = _("离开日期早于入党日期{joined}，请核对。")
    status = 400


@transaction.atomic
def leave(member: Member, *, on: date, reason: str, note: str, by: User) -> None:
    """The member is no longer on the register from that day. Raises AlreadyLeft, LeftBeforeJoining."""
    now = Member.objects.select_for_update().get(pk=member.pk)
    if now.left_on:
        raise AlreadyLeft(member=now)
    if now.joined_on and on < now.joined_on and reason != Member.Leaving.MISTAKE:
        raise LeftBeforeJoining(joined=now.joined_on)
    now.left_on, now.left_for, now.left_note = on, reason, note
    now.save(update_fields=["left_on", "left_for", "left_note"])
    details = {"on": on.isoformat(), "reason": str(now.get_left_for_display()), "note": note}
    audit.record("member.left", of=now, by=by, details=details)


@transaction.atomic
def come_back(member: Member, *, reason: str, by: User) -> None:
    """Undo a leaving; what was said about it stays in the record. Raises NotLeft."""
    now = Member.objects.select_for_update().get(pk=member.pk)
    if not now.left_on:
        raise NotLeft(member=now)
    details = {"left_on": now.left_on.isoformat(), "reason": reason}
    now.left_on, now.left_for, now.left_note = None, "", ""
    now.save(update_fields=["left_on", "left_for", "left_note"])
    audit.record("member.returned", of=now, by=by, details=details)
