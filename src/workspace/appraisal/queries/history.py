"""What happened to an appraisal, from the record."""

from django.utils.translation import gettext_lazy as _

from workspace.appraisal.models import Appraisal
from workspace.audit.models import Entry

TITLES = {
    "appraisal.opened": _("开始民主评议"),
    "appraisal.changed": _("修改安排"),
    "appraisal.person_changed": _("调整参加方式"),
    "appraisal.paper_noted": _("登记纸质自评"),
    "appraisal.mutual_begun": _("开始互评"),
    "appraisal.ballot_begun": _("开始测评"),
    "appraisal.counted": _("登记测评结果"),
    "appraisal.graded": _("评定等次"),
    "appraisal.announced": _("公布结果"),
    "appraisal.closed": _("归档"),
    "appraisal.undone": _("撤回上一步"),
    "appraisal.cancelled": _("取消民主评议"),
}
_MOST = 100


def moments(appraisal: Appraisal) -> list[dict[str, object]]:
    """For a timeline, newest first; who wrote and who voted when is left to the record. One query."""
    rows = Entry.objects.filter(kind=Appraisal._meta.label_lower, thing=str(appraisal.pk), verb__in=TITLES)
    return [_moment(row) for row in rows.order_by("-at", "-pk")[:_MOST]]


def _moment(row: Entry) -> dict[str, object]:
    said = row.details.get("reason") or row.details.get("name") or ""
    state = "milestone" if row.verb == "appraisal.closed" else ""
    return {"on": row.at, "title": str(TITLES[row.verb]), "text": str(said), "by": row.by_name, "state": state}
