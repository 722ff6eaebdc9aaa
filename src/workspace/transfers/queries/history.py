"""What happened to a transfer or a time away, from the record."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from workspace.audit.models import Entry

TITLES = {
    "transfer.issued": _("开具介绍信"),
    "transfer.entered": _("登记外单位的介绍信"),
    "transfer.corrected": _("更正"),
    "transfer.accepted": _("接收"),
    "transfer.rejected": _("未接收"),
    "transfer.revoked": _("撤回"),
    "transfer.printed": _("打印介绍信"),
    "absence.begun": _("登记"),
    "absence.contacted": _("登记联系"),
    "absence.contact_struck": _("删除一条联系"),
    "absence.ended": _("结束"),
}
_MOST = 100


def moments(thing: models.Model) -> list[dict[str, object]]:
    """For a timeline, newest first. One query."""
    rows = Entry.objects.filter(kind=thing._meta.label_lower, thing=str(thing.pk)).order_by("-at")[:_MOST]
    return [_moment(row.at, row) for row in rows]


def _moment(at: datetime, row: Entry) -> dict[str, object]:
    title = str(TITLES.get(row.verb, row.verb))
    state = "milestone" if row.verb == "transfer.accepted" else ""
    return {"on": at, "title": title, "text": _said(row), "by": row.by_name, "state": state}


def _said(row: Entry) -> str:
    """Why a letter came back; on which day somebody was called."""
    if row.verb in {"transfer.rejected", "transfer.revoked"}:
        return str(row.details.get("reason", ""))
    return str(row.details.get("on", "")) if row.verb.startswith("absence.contact") else ""
