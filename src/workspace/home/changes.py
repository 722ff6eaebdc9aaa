"""What changed lately (最近变化), for those who look after the whole unit."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.organization.models import Unit

# verb of the audit record → what a person reads. A verb without a sentence here is not news.
SENTENCES: dict[str, Promise] = {
    "unit.created": _("新建组织「{label}」"),
    "unit.changed": _("修改组织「{label}」"),
    "unit.moved": _("调整「{label}」的上级"),
    "unit.closed": _("撤销组织「{label}」"),
    "unit.reopened": _("恢复组织「{label}」"),
}
MOST = 8


def recent(user: User) -> list[dict[str, Any]]:
    """The newest lines for a timeline; empty for people who do not administer. At most three queries."""
    if not may(user, "unit.change"):
        return []
    # Keys in the record are texts; a branch's own administrator reads of that branch only.
    kept = [str(pk) for pk in units_where(user, "unit.change").order_by().values_list("pk", flat=True)]
    rows = Entry.objects.filter(verb__in=SENTENCES, kind=Unit._meta.label_lower, thing__in=kept).order_by("-at")[:MOST]
    return [
        {"on": row.at, "by": row.by_name, "title": str(SENTENCES[row.verb]).format(label=row.label)} for row in rows
    ]
