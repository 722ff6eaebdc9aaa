"""Of what waits: people to take in, letters to ask after, people away to get in touch with."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from workspace.accounts.models import User
from workspace.transfers.models import Transfer
from workspace.transfers.queries import waiting

FEW = 6  # more of a kind become one line: whoever looks after many units needs to know how many wait

Line = tuple[date, str, str, str, bool]  # due, title, where, url, late


def lines(user: User, day: date) -> Iterator[Line]:
    """Five queries, and one more for a kind of which there are many."""
    yield from _letters(user, day)
    yield from _contacts(user, day)


def _letters(user: User, day: date) -> Iterator[Line]:
    found = waiting.letters(user, on=day)
    rows = list(found[: FEW + 1])
    if len(rows) > FEW:
        title = _("有 %(count)s 件组织关系转接等待办理") % {"count": found.count()}
        yield rows[0].expires_on, title, "", reverse("transfers:index"), rows[0].is_expired(day)
        return
    for row in rows:
        out = row.kind == Transfer.Kind.OUT
        title = _("核实「%(who)s」的介绍信") if out else _("接收「%(who)s」的组织关系")
        url = reverse("transfers:transfer", args=[row.pk])
        where = row.origin_name if out else row.destination_name
        yield row.expires_on, title % {"who": row.person_name}, where, url, row.is_expired(day)


def _contacts(user: User, day: date) -> Iterator[Line]:
    due = waiting.contacts_due(user, on=day)
    rows = list(due[: FEW + 1])
    if len(rows) > FEW:
        title = _("有 %(count)s 名外出或失联的同志该联系了") % {"count": due.count()}
        first = rows[0].next_contact_on or day
        yield first, title, "", reverse("transfers:absences"), rows[0].is_overdue(day)
        return
    for row in rows:
        title = _("联系「%(who)s」（%(kind)s）") % {"who": row.member, "kind": row.get_kind_display()}
        url = reverse("transfers:absence", args=[row.pk])
        yield row.next_contact_on or day, title, str(row.member.unit), url, row.is_overdue(day)
