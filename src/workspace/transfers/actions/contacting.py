"""Note a contact with somebody who is away, and when the next one is due."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rules.workdays import add_months
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.transfers.actions.absences import locked
from workspace.transfers.models import Absence
from workspace.transfers.models.contacts import Contact, last_reached


class ContactOutOfTime(Refusal):
    message = _("联系日期须在 {since} 到今天之间。")
    status = 400


class NotedAlready(Refusal):
    message = _("同一天同样的联系已经登记过。")


class NoSuchContact(Refusal):
    message = _("这条联系记录已不在，请刷新页面。")


@transaction.atomic
def note(absence: Absence, contact: Contact, *, by: User, today: date) -> Absence:
    """Raises OverAlready, ContactOutOfTime, NotedAlready."""
    now = locked(absence)
    if not now.since <= contact.on <= today:
        raise ContactOutOfTime(since=now.since)
    if contact in [Contact.of(row) for row in now.contacts]:
        raise NotedAlready
    now.contacts = [*now.contacts, contact.stored()]
    _reckon(now)
    audit.record("absence.contacted", of=now, by=by, details=contact.stored() | {"member": now.member_id})
    return now


@transaction.atomic
def strike(absence: Absence, contact: Contact, *, by: User) -> Absence:
    """Take a mistaken entry back; the record keeps it. Raises OverAlready, NoSuchContact."""
    now = locked(absence)
    kept = [row for row in now.contacts if Contact.of(row) != contact]
    if len(kept) == len(now.contacts):
        raise NoSuchContact
    now.contacts = kept
    _reckon(now)
    audit.record("absence.contact_struck", of=now, by=by, details=contact.stored() | {"member": now.member_id})
    return now


def _reckon(now: Absence) -> None:
    """Tries that reached nobody do not put the next contact off."""
    now.contacted_on = last_reached(Contact.of(row) for row in now.contacts)
    now.next_contact_on = add_months(now.contacted_on or now.since, now.contact_months)
    now.reminded_on = None
    now.save(update_fields=["contacts", "contacted_on", "next_contact_on", "reminded_on", "updated_at"])
