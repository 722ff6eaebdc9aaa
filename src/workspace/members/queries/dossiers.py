"""The personal file (个人档案): who somebody is, what happened, what they held, learned and paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members import file_parts
from workspace.members.models import Event, Member
from workspace.members.queries.events import events_of, summary
from workspace.members.queries.facts import Fact, facts_of
from workspace.members.queries.masking import MASKS


@dataclass(frozen=True)
class Section:
    """A table: `keys` name its columns for programs, `columns` for people."""

    name: str
    label: str
    keys: Sequence[str]
    columns: Sequence[str]
    rows: list[list[str]]

    def as_plain(self) -> list[dict[str, str]]:
        return [dict(zip(self.keys, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Dossier:
    """`whole`: numbers and addresses in full. `by` is who takes it away."""

    member: Member
    on: date
    by: User
    whole: bool
    facts: list[Fact]
    sections: list[Section]

    @property
    def is_own(self) -> bool:
        return self.member.user_id == self.by.pk

    @property
    def taken_by(self) -> str:
        return _("由本人导出") if self.is_own else _("由{name}导出").format(name=self.by.name)

    def as_plain(self) -> dict[str, Any]:
        return {
            "member": self.member.name,
            "unit": self.member.unit.name,
            "on": self.on.isoformat(),
            "taken_by": self.taken_by,
            "whole": self.whole,
            "facts": [{"field": fact.field, "label": fact.label, "text": fact.text} for fact in self.facts],
            **{section.name: section.as_plain() for section in self.sections},
        }


def dossier(member: Member, *, by: User, on: date, whole: bool) -> Dossier:
    """As far as this person may read it: sensitive events and parts of other apps by their own permissions."""
    facts = list(facts_of(member, on=on, open_fields=MASKS if whole else ()))
    return Dossier(member, on, by, whole, facts, sections(member, by=by, on=on))


def sections(member: Member, *, by: User, on: date) -> list[Section]:
    """Those that hold something."""
    events = [event for event in events_of(member, user=by) if event.is_standing]
    found = [_events(events), _appointments(member), _honours(events)]
    for part in file_parts.parts():
        if member.user_id == by.pk or may(by, part.verb, member.unit):
            columns = [str(column) for column in part.columns]
            found.append(Section(part.name, str(part.label), part.keys, columns, part.rows(member, on)))
    return [section for section in found if section.rows]


def _events(events: list[Event]) -> Section:
    rows = [[event.on.isoformat(), str(event.get_kind_display()), summary(event)] for event in events]
    return Section("timeline", _("经过"), ("on", "what", "about"), [_("日期"), _("事项"), _("依据和内容")], rows)


def _appointments(member: Member) -> Section:
    held = member.appointments.select_related("unit").order_by("-since", "-pk")
    rows = [
        [str(h.get_post_display()), h.unit.name, h.since.isoformat(), h.until.isoformat() if h.until else _("至今")]
        for h in held
    ]
    columns = [_("职务"), _("党组织"), _("自"), _("至")]
    return Section("appointments", _("任职经历"), ("post", "unit", "since", "until"), columns, rows)


def _honours(events: list[Event]) -> Section:
    rows = [
        [event.on.isoformat(), str(event.said("title") or ""), str(event.said("giver") or "")]
        for event in events
        if event.kind == Event.Kind.HONOURED
    ]
    return Section(
        "honours", _("受表彰情况"), ("on", "title", "giver"), [_("日期"), _("荣誉称号"), _("授予单位")], rows
    )
