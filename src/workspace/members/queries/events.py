"""A member's events as people read them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Event, Member
from workspace.members.queries.facts import label_of, told
from workspace.members.standing.words import Grade, Help, LostReason, Punishment, Removal
from workspace.organization.models import Unit

LABELS: dict[str, Any] = {
    "months": _("延长月数"),
    "origin": _("转出单位"),
    "destination": _("转入单位"),
    "from": _("原党支部"),
    "place": _("流向"),
    "reason": _("失联原因"),
    "punishment": _("处分种类"),
    "until": _("至"),
    "title": _("荣誉称号"),
    "giver": _("授予单位"),
    "year": _("年度"),
    "grade": _("等次"),
    "help": _("帮扶方式"),
    "removal": _("情形"),
    "left_for": _("原因"),
    "note": _("说明"),
}
_WORDS: dict[str, Any] = {
    "reason": LostReason,
    "punishment": Punishment,
    "grade": Grade,
    "help": Help,
    "removal": Removal,
    "left_for": Member.Leaving,
}


def events_of(member: Member, *, user: User) -> "QuerySet[Event]":
    """Those that this person may see, newest first; voided ones only for those who keep the record."""
    found = Event.objects.filter(member=member).select_related("unit", "by", "voided_by")
    if may(user, "member.change", member.unit):
        return found.order_by("-on", "-pk")
    found = found.standing()
    return (found if member.user_id == user.pk else found.open_to_all()).order_by("-on", "-pk")


def event_for(member: Member, pk: int, *, user: User) -> Event:
    """Http404 for one of another member, and for one that this person may not see."""
    found = events_of(member, user=user).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.member = member
    return found


def said(event: Event) -> Iterator[tuple[str, str]]:
    """What an event says beyond day and basis: (label, text)."""
    if event.kind == Event.Kind.CORRECTED:
        yield from _corrections(event)
    elif event.kind == Event.Kind.REGISTERED:
        yield from ((str(label_of(BY_NAME[n])), _value(n, v)) for n, v in event.details.items() if n in BY_NAME)
    for name, label in LABELS.items():
        if name in event.details:
            yield str(label), _text(name, event.details[name])


def summary(event: Event) -> str:
    """One line: the basis, and what it says."""
    parts = [event.basis, *(text for label, text in said(event) if event.kind != Event.Kind.REGISTERED)]
    return " · ".join(part for part in parts if part)


def _corrections(event: Event) -> Iterator[tuple[str, str]]:
    for name, (old, new) in event.details.get("fields", {}).items():
        text = gettext("{old} 改为 {new}").format(old=_value(name, old) or "—", new=_value(name, new) or "—")
        yield str(label_of(BY_NAME[name])), text


def _value(name: str, stored: Any) -> str:
    return told(name, date.fromisoformat(stored) if stored and name.endswith("_on") else stored)


def _text(name: str, stored: Any) -> str:
    if words := _WORDS.get(name):
        return str(dict(words.choices).get(stored, stored))
    if name == "from":
        found = Unit.objects.filter(pk=stored).first()
        return str(found) if found else ""
    return str(stored)
