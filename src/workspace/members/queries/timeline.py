"""What happened to a member: the events, and what else the record says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.clock import day_of
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Event, Member
from workspace.members.queries.events import events_of, summary
from workspace.members.queries.facts import label_of

TITLES = {
    "member.created": _("登记入册"),
    "member.imported": _("批量导入"),
    "member.changed": _("修改资料"),
    "member.merged_away": _("登记并入另一份"),
    "member.left": _("离开名册"),
    "member.returned": _("恢复在册"),
    "member.linked": _("关联账号"),
    "member.unlinked": _("解除账号关联"),
    "member.unmasked": _("查看个人信息"),
    "member.exported_own": _("本人导出资料"),
    "member.import_undone": _("撤销导入"),
    "member.file_taken": _("导出个人档案"),
    "member.merged": _("合并重复登记"),
    "member.merge_undone": _("撤销合并"),
    "member.correction_asked": _("申请更正资料"),
    "member.correction_decided": _("答复更正申请"),
    "member.correction_withdrawn": _("撤回更正申请"),
}
# Lines that the events tell already.
_TOLD = ("member.happened", "member.event_voided", "member.left", "member.created")
_MOST = 100


@dataclass(frozen=True)
class Moment:
    """One point of the timeline, as the component draws it. `event` is the key of the event behind it."""

    on: date | datetime
    title: str
    text: str = ""
    by: str = ""
    state: str = ""
    url: str = ""
    event: int | None = None


@dataclass(frozen=True)
class Year:
    year: int
    moments: list[Moment]


def timeline(member: Member, *, user: User, record: bool) -> list[Moment]:
    """Newest first: the events that this person may see, and with `record` the record's other lines."""
    events = list(events_of(member, user=user))
    moments = [_of_event(event) for event in events]
    moments += _membership(member, {event.kind for event in events if event.is_standing})
    if record:
        moments += _recorded(member, besides=_TOLD)
    return sorted(moments, key=lambda moment: _day(moment.on), reverse=True)


def by_year(moments: Iterable[Moment]) -> list[Year]:
    """Grouped, in the order given."""
    return [Year(year, list(found)) for year, found in groupby(moments, key=lambda moment: _day(moment.on)[0].year)]


def _of_event(event: Event) -> Moment:
    title, text, by = str(event.get_kind_display()), summary(event), event.by.name if event.by else ""
    if not event.is_standing:
        title = gettext("{kind}（已撤销）").format(kind=title)
        text = gettext("撤销原因：{reason}").format(reason=event.voided_for)
        return Moment(event.on, title, text, event.voided_by.name if event.voided_by else "", event=event.pk)
    state = "milestone" if event.kind in Event.MILESTONES else ""
    return Moment(event.on, title, text, by, state=state, event=event.pk)


def _membership(member: Member, told: set[str]) -> list[Moment]:
    """The two dates that the register took over, where no event tells of them."""
    found = []
    if member.joined_on and Event.Kind.ADMITTED not in told:
        found.append(Moment(member.joined_on, gettext("加入党组织"), member.joined_at_unit, state="milestone"))
    if member.converted_on and Event.Kind.CONVERTED not in told:
        found.append(Moment(member.converted_on, gettext("转为正式党员"), state="milestone"))
    return found


def _recorded(member: Member, besides: Iterable[str]) -> list[Moment]:
    entries = Entry.objects.filter(kind=Member._meta.label_lower, thing=str(member.pk)).exclude(verb__in=besides)
    return [Moment(e.at, str(TITLES.get(e.verb, e.verb)), _said(e), e.by_name) for e in entries.order_by("-at")[:_MOST]]


def _said(entry: Entry) -> str:
    """What changed, by column name, and why; the values themselves stay in the record."""
    details = entry.details
    fields = [*details.get("changed", {}), *([details["field"]] if details.get("field") else [])]
    parts = ["、".join(str(label_of(BY_NAME[f])) if f in BY_NAME else f for f in fields)]
    parts += [str(details[key]) for key in ("reason", "basis", "note", "file") if details.get(key)]
    return " · ".join(part for part in parts if part)


def _day(moment: date | datetime) -> tuple[date, float]:
    if isinstance(moment, datetime):
        return day_of(moment), moment.timestamp()
    return moment, 0.0
