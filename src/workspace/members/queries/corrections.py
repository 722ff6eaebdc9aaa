"""Requests to put data right: one's own, and those that wait for one's decision."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from workspace.access.queries.nearest import keys_near
from workspace.accounts.models import User
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Correction, Member
from workspace.members.queries.facts import label_of, told
from workspace.members.queries.masking import MASKS
from workspace.members.queries.stored import from_stored
from workspace.members.queries.visibility import members_where

DECIDE = "member.change"


@dataclass(frozen=True)
class Wish:
    """One column of a request, in words."""

    label: str
    old: str
    new: str


def own(user: User) -> "QuerySet[Correction]":
    """The person's own, newest first."""
    return _kept().filter(member__user=user).order_by("-asked_at", "-pk")


def to_decide(user: User) -> "QuerySet[Correction]":
    """Of the members whose data this person may change: the waiting ones first. Nobody decides about themselves."""
    reach = members_where(user, DECIDE).values("pk")
    return _kept().filter(member__in=reach).exclude(member__user=user).order_by("-asked_at", "-pk")


def seen(user: User) -> "QuerySet[Correction]":
    """Both."""
    reach = members_where(user, DECIDE).values("pk")
    return _kept().filter(Q(member__user=user) | Q(member__in=reach)).order_by("-asked_at", "-pk")


def correction_for(user: User, pk: int, *, among: "QuerySet[Correction]") -> Correction:
    """Http404 for one that is not among them."""
    found = among.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def wishes(correction: Correction, *, whole: bool = False, asked: bool = False) -> Iterator[Wish]:
    """In words; what is personal is masked unless `whole`. With `asked` only what it should say is not."""
    for name, pair in correction.fields.items():
        old, new = (told(name, from_stored(name, value)) for value in pair)
        if name in MASKS and not whole:
            old, new = _masked(correction, name, old), new if asked else _masked(correction, name, new)
        yield Wish(label_of(BY_NAME[name]), old, new)


def hidden(correction: Correction) -> list[str]:
    """The columns that it asks to fill with something personal."""
    return [name for name, (_old, new) in correction.fields.items() if name in MASKS and new]


def _masked(correction: Correction, name: str, value: str) -> str:
    """What is decided was masked when it was: a second mask would leave nothing to read."""
    kept = not value or (not correction.is_waiting and "*" in value)
    return value if kept else MASKS[name](value)


def deciders(member: Member) -> list[int]:
    """Keys of the people who decide: those of the member's own unit, or of the nearest above where somebody may."""
    return keys_near(DECIDE, member.unit, besides=member.user_id)


def _kept() -> "QuerySet[Correction]":
    return Correction.objects.select_related("member__unit", "member__user", "decided_by")
