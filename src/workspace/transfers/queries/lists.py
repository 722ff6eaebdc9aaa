"""Lists of transfers and of people away, narrowed as their pages and the API ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.models import Absence, Transfer
from workspace.transfers.models.absence import AbsenceQuerySet
from workspace.transfers.models.transfer import TransferQuerySet
from workspace.transfers.queries.visibility import absences_seen_by, transfers_seen_by

TABS = ("open", "expired", "closed")
AWAY_TABS = ("open", "overdue", "ended")


@dataclass(frozen=True)
class Narrowing:
    """An empty field does not narrow. `keys` are the letters of one batch."""

    words: str = ""
    kind: str = ""
    unit: Unit | None = None
    since: date | None = None
    until: date | None = None
    keys: tuple[int, ...] = ()


def transfers(user: User, tab: str, narrowing: Narrowing, *, on: date) -> TransferQuerySet:
    """`open` by the day they expire, `expired` the longest first, `closed` by the newest. `all` is every one."""
    found = transfers_seen_by(user).select_related("origin", "destination", "member")
    if tab == "open":
        found = found.open().filter(expires_on__gte=on).order_by("expires_on", "pk")
    elif tab == "expired":
        found = found.expired(on).order_by("expires_on", "pk")
    elif tab == "closed":
        found = found.exclude(outcome=Transfer.Outcome.OPEN).order_by("-closed_on", "-pk")
    else:
        found = found.order_by("-issued_on", "-pk")
    return _narrowed(found, narrowing)


def _narrowed(found: TransferQuerySet, by: Narrowing) -> TransferQuerySet:
    if by.words.strip():
        named = Member.objects.matching(by.words).values("pk")
        typed = by.words.strip()
        texts = ("person_name", "number", "origin_name", "destination_name")
        said = Q(member__in=named)
        for name in texts:
            said |= Q(**{f"{name}__icontains": typed})
        found = found.filter(said)
    if by.kind:
        found = found.filter(kind=by.kind)
    if by.unit:
        found = found.touching(by.unit)
    if by.since:
        found = found.filter(issued_on__gte=by.since)
    if by.until:
        found = found.filter(issued_on__lte=by.until)
    return found.filter(pk__in=by.keys) if by.keys else found


def counts(user: User, *, on: date) -> dict[str, int]:
    """How many under each tab. One query."""
    waits = Q(outcome=Transfer.Outcome.OPEN)
    return transfers_seen_by(user).aggregate(
        open=Count("pk", filter=waits & Q(expires_on__gte=on)),
        expired=Count("pk", filter=waits & Q(expires_on__lt=on)),
        closed=Count("pk", filter=~waits),
    )


def absences(
    user: User, tab: str, *, words: str = "", kind: str = "", unit: Unit | None = None, on: date
) -> AbsenceQuerySet:
    """`open` and `overdue` by the day of the next contact, `ended` by the newest; `all` is every one."""
    found = absences_seen_by(user).select_related("member__unit")
    if tab == "open":
        found = found.open().order_by("next_contact_on", "pk")
    elif tab == "overdue":
        found = found.overdue(on).order_by("next_contact_on", "pk")
    elif tab == "ended":
        found = found.filter(ended_on__isnull=False).order_by("-ended_on", "-pk")
    else:
        found = found.order_by("-since", "-pk")
    if words.strip():
        named = Member.objects.matching(words).values("pk")
        found = found.filter(Q(member__in=named) | Q(place__icontains=words.strip()))
    if kind in Absence.Kind.values:
        found = found.filter(kind=kind)
    return found.below(unit) if unit else found


def away_counts(user: User, *, on: date) -> dict[str, int]:
    """How many under each tab. One query."""
    going: dict[str, Any] = {"ended_on__isnull": True, "member__left_on__isnull": True}
    return absences_seen_by(user).aggregate(
        open=Count("pk", filter=Q(**going)),
        overdue=Count("pk", filter=Q(**going, next_contact_on__lt=on)),
        ended=Count("pk", filter=Q(ended_on__isnull=False)),
    )


def of_member(member: Member) -> tuple[list[Transfer], list[Absence]]:
    """Everything about one person, newest first. Two queries."""
    letters = list(Transfer.objects.filter(member=member).order_by("-issued_on", "-pk"))
    return letters, list(Absence.objects.filter(member=member).order_by("-since", "-pk"))


def own(user: User) -> tuple[list[Transfer], list[Absence]]:
    """The same of the person who is signed in."""
    member = Member.objects.filter(user=user).first()
    return of_member(member) if member else ([], [])


def head_to_go_on_with(user: User) -> dict[str, str]:
    """Address and phone of the newest letter that this person could see, so that nobody types them twice."""
    newest = transfers_seen_by(user).exclude(kind=Transfer.Kind.IN).order_by("-pk").first()
    kept = ("address", "phone", "fax", "postcode")
    return {name: text for name, text in newest.letterhead.items() if name in kept} if newest else {}
