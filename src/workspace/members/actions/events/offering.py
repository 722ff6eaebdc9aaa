"""Which events can be recorded of a member today, and why others cannot."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workspace.members.actions.events.legality import objection
from workspace.members.actions.events.registering import assumed
from workspace.members.models import Event, Member

Kind = Event.Kind
GROUPS: tuple[tuple[str | Promise, tuple[Event.Kind, ...]], ...] = (
    (
        _("发展与转正"),
        (
            Kind.APPLIED,
            Kind.ACTIVIST,
            Kind.DEVELOPMENT_OBJECT,
            Kind.ADMITTED,
            Kind.CONVERTED,
            Kind.EXTENDED,
            Kind.CANCELLED,
        ),
    ),
    (_("组织关系"), (Kind.MOVED, Kind.TRANSFERRED_OUT, Kind.TRANSFERRED_IN, Kind.RETURNED)),
    (_("流动与联系"), (Kind.FLOATING_OUT, Kind.FLOATING_IN, Kind.LOST_CONTACT, Kind.FOUND)),
    (_("评议、奖惩与关怀"), (Kind.HONOURED, Kind.APPRAISED, Kind.HELPED, Kind.DISCIPLINED, Kind.DISCIPLINE_ENDED)),
    (_("离开名册"), (Kind.DIED, Kind.REMOVED, Kind.LEFT_OTHERWISE)),
)
BY_HAND = frozenset(kind for _title, kinds in GROUPS for kind in kinds)
# Where a kind asks for something, anything that passes: only its place among the others is looked at.
_SAMPLE = {Kind.EXTENDED: {"months": 6}, Kind.DISCIPLINED: {"punishment": "warning"}}


@dataclass(frozen=True)
class Offer:
    kind: Event.Kind
    why_not: str = ""


def offers(member: Member, *, on: date, hidden: Collection[int] = ()) -> list[tuple[str, list[Offer]]]:
    """Under their headings. What is `hidden` from who asks (keys of events) gives itself away by no offer."""
    known = Event.objects.standing().filter(member=member)
    events = list(known.exclude(pk__in=hidden)) or assumed(member)
    return [
        (str(title), [Offer(kind, _why_not(member, events, kind, on)) for kind in kinds]) for title, kinds in GROUPS
    ]


def _why_not(member: Member, events: list[Event], kind: Event.Kind, on: date) -> str:
    unit = 0 if kind in {Kind.MOVED, Kind.TRANSFERRED_IN} else member.unit_id
    tried = Event(member=member, kind=kind, on=on, unit_id=unit, details=_SAMPLE.get(kind, {}), at=member.updated_at)
    found = objection(member, events, tried)
    return str(found) if found else ""
