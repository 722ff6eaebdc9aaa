"""What happened to a unit (沿革), told from the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspace.audit.models import Entry
from workspace.organization.facts import label_of
from workspace.organization.models import Unit

MOST = 50

# Values come from the entry's details; `changes` is rendered by `_changes`.
_SENTENCES = {
    "unit.created": gettext_lazy("在{parent}下设立"),
    "unit.changed": gettext_lazy("修改：{changes}"),
    "unit.moved": gettext_lazy("由{from}划归{to}"),
    "unit.absorbed": gettext_lazy("{units}自{on}起并入"),
    "unit.merged": gettext_lazy("自{on}起并入{into}"),
    "unit.split": gettext_lazy("自{on}起分设出{units}"),
    "unit.reordered": gettext_lazy("调整排列顺序"),
    "unit.closed": gettext_lazy("自{on}起撤销：{reason}"),
    "unit.reopened": gettext_lazy("恢复（曾于{closed_on}撤销）"),
}


@dataclass(frozen=True)
class Line:
    """Read by the timeline component: `on`, `by`, `title`."""

    on: datetime
    by: str
    title: str


def history(unit: Unit) -> list[Line]:
    """The newest first, at most `MOST`. Verbs of other apps on this unit are left to those apps."""
    entries = Entry.objects.filter(kind=unit._meta.label_lower, thing=str(unit.pk), verb__in=_SENTENCES)
    return [Line(entry.at, entry.by_name, _sentence(entry)) for entry in entries.order_by("-at")[:MOST]]


def _sentence(entry: Entry) -> str:
    details: dict[str, Any] = entry.details
    if "changes" in details:
        details = {"changes": _changes(details["changes"])}
    return str(_SENTENCES[entry.verb]).format_map(details)


def _changes(changes: dict[str, list[str]]) -> str:
    empty = _("空")
    return "；".join(
        f"{label_of(name)} {before or empty} → {after or empty}" for name, (before, after) in changes.items()
    )
