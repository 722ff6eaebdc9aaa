"""A member's events as people read them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspace.access.queries import may, people_who
from workspace.accounts.models import User
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Event, Member
from workspace.members.queries.facts import label_of, told
from workspace.members.standing.words import Grade, Help, LostReason, Punishment, Removal, Seen
from workspace.organization.models import Unit

CHANGE = "member.change"
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
    "seen_by": _("可见范围"),
}
_WORDS: dict[str, Any] = {
    "reason": LostReason,
    "punishment": Punishment,
    "grade": Grade,
    "help": Help,
    "removal": Removal,
    "left_for": Member.Leaving,
    "seen_by": Seen,
}
_ASIDE = "seen_by"  # stands on the event's own page, not in its line


def events_of(member: Member, *, user: User) -> "QuerySet[Event]":
    """Those that this person may see, newest first; voided ones only for those who keep the record."""
    found = Event.objects.filter(member=member).select_related("unit", "by", "voided_by").order_by("-on", "-pk")
    is_own = member.user_id == user.pk
    if may(user, CHANGE, member.unit):
        return found if is_own else found.exclude(pk__in=kept_from(user, member))
    found = found.standing()
    return found if is_own else found.open_to_all()


def kept_from(user: User, member: Member) -> "QuerySet[Event, int]":
    """Keys of what another keeper recorded for their own eyes. Once that person keeps this register no longer, it falls
    to those who do: nothing is lost to everybody."""
    keepers = people_who(CHANGE, member.unit).exclude(pk=user.pk).order_by().values("pk")
    kept = Event.objects.filter(member=member, kind__in=Event.SENSITIVE, details__seen_by=Seen.KEEPER.value)
    return kept.filter(by__in=keepers).values_list("pk", flat=True)


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
        if name in event.details and name != _ASIDE:
            yield str(label), _text(name, event.details[name])


def seen_words(event: Event) -> str:
    """Who sees a sensitive event, in words; empty for one that everybody sees who sees the member."""
    return gettext("本人，和{who}").format(who=Seen(event.seen_by).label) if event.is_sensitive else ""


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
