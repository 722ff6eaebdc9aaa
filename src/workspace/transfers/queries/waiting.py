"""What waits for whom: letters to take in, letters to ask after, people away to get in touch with."""

from datetime import date, timedelta

from django.db.models import Q

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.transfers.models import Absence, Transfer
from workspace.transfers.models.absence import AbsenceQuerySet
from workspace.transfers.models.transfer import TransferQuerySet
from workspace.transfers.queries.visibility import ACCEPT, ISSUE

EXPIRES_SOON = timedelta(days=7)
CONTACT_SOON = timedelta(days=14)


def letters(user: User, *, on: date) -> TransferQuerySet:
    """Open letters to the branches for which this person takes people in; and those to the outside that their branches
    issued, once the receipt should be asked for. By the day they expire."""
    taken_in = Q(destination__in=units_where(user, ACCEPT).order_by().values("pk"), destination__is_sample=False)
    sent = Q(origin__in=units_where(user, ISSUE).order_by().values("pk"), origin__is_sample=False)
    asked_after = sent & Q(kind=Transfer.Kind.OUT, expires_on__lte=on + EXPIRES_SOON)
    return Transfer.objects.open().filter(taken_in | asked_after).order_by("expires_on", "pk")


def contacts_due(user: User, *, on: date) -> AbsenceQuerySet:
    """People away with whom somebody should get in touch soon, the most overdue first."""
    here = units_where(user, ISSUE).order_by().values("pk")
    due = Absence.objects.open().filter(next_contact_on__lte=on + CONTACT_SOON)
    due = due.filter(member__unit__in=here, member__unit__is_sample=False)
    return due.select_related("member__unit").order_by("next_contact_on", "pk")
