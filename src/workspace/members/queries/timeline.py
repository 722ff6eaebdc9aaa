"""What happened to a member: dates of membership, and the record's lines."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspace.audit.models import Entry
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Member
from workspace.members.queries.facts import label_of

TITLES = {
    "member.created": _("登记入册"),
    "member.imported": _("批量导入"),
    "member.changed": _("修改资料"),
    "member.left": _("离开名册"),
    "member.returned": _("恢复在册"),
    "member.linked": _("关联账号"),
    "member.unlinked": _("解除账号关联"),
    "member.unmasked": _("查看个人信息"),
    "member.exported_own": _("本人导出资料"),
    "member.import_undone": _("撤销导入"),
}
_MOST = 100


@dataclass(frozen=True)
class Moment:
    """One point of the timeline, as the component draws it."""

    on: date | datetime
    title: str
    text: str = ""
    by: str = ""
    state: str = ""
    url: str = ""


def timeline(member: Member) -> list[Moment]:
    """Newest first."""
    moments = [*_recorded(member), *_membership(member)]
    return sorted(moments, key=lambda moment: _day(moment.on), reverse=True)


def _membership(member: Member) -> list[Moment]:
    found = []
    if member.joined_on:
        found.append(Moment(member.joined_on, gettext("加入党组织"), member.joined_at_unit, state="milestone"))
    if member.converted_on:
        found.append(Moment(member.converted_on, gettext("转为正式党员"), state="milestone"))
    return found


def _recorded(member: Member) -> list[Moment]:
    entries = Entry.objects.filter(kind=Member._meta.label_lower, thing=str(member.pk)).order_by("-at")[:_MOST]
    return [Moment(e.at, str(TITLES.get(e.verb, e.verb)), _said(e), e.by_name) for e in entries]


def _said(entry: Entry) -> str:
    """What changed, by column name, and why; the values themselves stay in the record."""
    details = entry.details
    fields = [*details.get("changed", {}), *([details["field"]] if details.get("field") else [])]
    parts = ["、".join(str(label_of(BY_NAME[f])) if f in BY_NAME else f for f in fields)]
    parts += [str(details[key]) for key in ("reason", "basis", "note", "file") if details.get(key)]
    return " · ".join(part for part in parts if part)


def _day(moment: date | datetime) -> tuple[date, float]:
    if isinstance(moment, datetime):
        return moment.date(), moment.timestamp()
    return moment, 0.0
