"""Remind, each night: letters that run out or ran out, contacts that are due. One message a person, at most once a week
about the same thing; what nobody sees to is reminded of again."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from workspace.transfers.messages import tell, those_who
from workspace.transfers.models import Absence, Transfer
from workspace.transfers.queries.visibility import ACCEPT, ISSUE
from workspace.transfers.queries.waiting import CONTACT_SOON, EXPIRES_SOON

AGAIN_AFTER = timedelta(days=7)
_NAMED = 5


@transaction.atomic
def remind(*, on: date) -> int:
    """Returns how many messages were sent."""
    return _letters(on) + _contacts(on)


def _letters(on: date) -> int:
    rows = list(
        Transfer.objects.select_for_update(of=("self",))
        .open()
        .filter(_not_lately(on), expires_on__lte=on + EXPIRES_SOON)
        .select_related("origin", "destination")
        .order_by("expires_on", "pk")
    )
    by_person: dict[int, list[Transfer]] = defaultdict(list)
    for row in rows:
        people = {*those_who(ISSUE, row.origin), *those_who(ACCEPT, row.destination)}
        for person in people:
            by_person[person].append(row)
    for person, letters in by_person.items():
        late = sum(row.is_expired(on) for row in letters)
        title = gettext("{count} 封介绍信将到期或已过期（已过期 {late} 封）").format(count=len(letters), late=late)
        body = _list([f"{row}，{row.expires_on:%Y-%m-%d}" for row in letters])
        tell([person], title, body, "/transfers/expired/" if late else "/transfers/")
    Transfer.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=on)
    return len(by_person)


def _contacts(on: date) -> int:
    rows = list(
        Absence.objects.select_for_update(of=("self",))
        .open()
        .filter(_not_lately(on), next_contact_on__lte=on + CONTACT_SOON)
        .select_related("member__unit")
        .order_by("next_contact_on", "pk")
    )
    by_person: dict[int, list[Absence]] = defaultdict(list)
    for row in rows:
        for person in those_who(ISSUE, row.member.unit):
            by_person[person].append(row)
    for person, away in by_person.items():
        title = gettext("有 {count} 名流动、出国（境）或失联的同志该联系了").format(count=len(away))
        body = _list([f"{row}，{row.next_contact_on:%Y-%m-%d}" for row in away])
        tell([person], title, body, "/transfers/absences/")
    Absence.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=on)
    return len(by_person)


def _not_lately(on: date) -> Q:
    return Q(reminded_on=None) | Q(reminded_on__lte=on - AGAIN_AFTER)


def _list(lines: Sequence[str]) -> str:
    more = gettext("……共 {count} 项").format(count=len(lines)) if len(lines) > _NAMED else ""
    return "\n".join([*lines[:_NAMED], *([more] if more else [])])
