"""What waits for whom: letters to take in, letters that run out, contacts to make. For the first page and reminders."""

from datetime import date, timedelta

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.transfers.models import Absence, Transfer
from workspace.transfers.models.absence import AbsenceQuerySet
from workspace.transfers.models.transfer import TransferQuerySet
from workspace.transfers.queries.visibility import ACCEPT, ISSUE

EXPIRES_SOON = timedelta(days=7)
CONTACT_SOON = timedelta(days=14)


def to_accept(user: User) -> TransferQuerySet:
    """Letters to the branches for which this person takes people in, by the day they expire."""
    here = units_where(user, ACCEPT).order_by().values("pk")
    coming = Transfer.objects.open().filter(destination__in=here, destination__is_sample=False)
    return coming.order_by("expires_on", "pk")


def running_out(user: User, *, on: date) -> TransferQuerySet:
    """Letters to the outside that this person's branches issued and whose receipt should be asked for."""
    here = units_where(user, ISSUE).order_by().values("pk")
    soon = Transfer.objects.open().filter(kind=Transfer.Kind.OUT, expires_on__lte=on + EXPIRES_SOON)
    return soon.filter(origin__in=here, origin__is_sample=False).order_by("expires_on", "pk")


def contacts_due(user: User, *, on: date) -> AbsenceQuerySet:
    """People away with whom somebody should get in touch soon, the most overdue first."""
    here = units_where(user, ISSUE).order_by().values("pk")
    due = Absence.objects.open().filter(next_contact_on__lte=on + CONTACT_SOON)
    due = due.filter(member__unit__in=here, member__unit__is_sample=False)
    return due.select_related("member__unit").order_by("next_contact_on", "pk")
