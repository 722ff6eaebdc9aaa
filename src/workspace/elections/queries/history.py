"""What happened to an election, from the record."""

from django.utils.translation import gettext_lazy as _

from workspace.audit.models import Entry
from workspace.elections.models import Election
from workspace.elections.models.papers import About

TITLES = {
    "election.opened": _("开始办理"),
    "election.changed": _("修改安排"),
    "election.asked": _("报上级：{what}"),
    "election.withdrawn": _("撤回：{what}"),
    "election.approved": _("上级批复：{what}"),
    "election.returned": _("上级退回：{what}"),
    "election.roll_amended": _("调整有选举权的党员名单"),
    "election.roll_restored": _("撤销一项名单调整"),
    "election.nominated": _("确定候选人"),
    "election.meeting_opened": _("召开党员大会"),
    "election.counted": _("登记计票结果"),
    "election.seats_left_open": _("缺额暂不补选"),
    "election.work_shared": _("委员分工"),
    "election.undone": _("撤回上一步"),
    "election.cancelled": _("取消换届"),
    "election.finished": _("办结，任职生效"),
}
_MOST = 100


def moments(election: Election) -> list[dict[str, object]]:
    """For a timeline, newest first. One query."""
    rows = Entry.objects.filter(kind=Election._meta.label_lower, thing=str(election.pk)).order_by("-at", "-pk")[:_MOST]
    return [_moment(row) for row in rows]


def _moment(row: Entry) -> dict[str, object]:
    about = row.details.get("about")
    what = str(About(about).label) if about in About.values else ""
    title = str(TITLES.get(row.verb, row.verb)).format(what=what)
    said = row.details.get("reason") or row.details.get("decided_number") or row.details.get("number") or ""
    state = "milestone" if row.verb == "election.finished" else ""
    return {"on": row.at, "title": title, "text": str(said), "by": row.by_name, "state": state}
