"""What calls for people while somebody is away (只提示，由人判断): a day, its rule, and words. Nothing acts on it."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rules import membership
from rules.workdays import Deadline
from workspace.transfers.models import Absence


@dataclass(frozen=True)
class Flag:
    """`is_due` says that the day has come. The text says what people may decide, never what will happen."""

    text: str | Promise
    deadline: Deadline
    is_due: bool

    @property
    def day(self) -> date:
        return self.deadline.day

    @property
    def basis(self) -> str:
        return self.deadline.rule.citation

    @property
    def badge(self) -> str:
        return self.deadline.rule.badge


def flags_of(absence: Absence, *, on: date) -> list[Flag]:
    """The nearest first; none once the period is over."""
    if not absence.is_open:
        return []
    found = [Flag(text, deadline, on >= deadline.day) for text, deadline in _marks(absence)]
    return sorted(found, key=lambda flag: flag.day)


def due_flags(absence: Absence, *, on: date) -> list[Flag]:
    """Those whose day has come."""
    return [flag for flag in flags_of(absence, on=on) if flag.is_due]


def _marks(absence: Absence) -> list[tuple[Promise, Deadline]]:
    since = absence.since
    if absence.kind == Absence.Kind.FLOATING:
        marks: list[tuple[Promise, Deadline]] = [
            (_("外出满六个月、未转移组织关系，为流动党员"), membership.floating_since(since))
        ]
        if absence.has_fixed_place:
            marks.append((_("地点相对固定，一般应当转移组织关系，请与本人商量"), membership.transfer_expected(since)))
        return marks
    if absence.kind == Absence.Kind.GRADUATE:
        return [(_("组织关系保留期满，请与本人商量转出"), membership.graduate_relation_kept_until(since))]
    if absence.kind == Absence.Kind.ABROAD:
        return [(_("最迟联系日期"), membership.contact_abroad_by(absence.contacted_on or since))]
    last = absence.contacted_on or since
    return [(_("失去联系满六个月：是否停止党籍，由党组织查找后研究决定"), membership.lost_contact_flag(last))]
