"""Take the record away, as it is narrowed; that is itself a line of it."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.audit import chain
from workspace.audit.models import Entry
from workspace.oversight.queries.listing import Wanted, narrowed, oldest_first
from workspace.oversight.queries.visibility import entries_seen_by, names_shown_to
from workspace.oversight.shown import Shown

_FORMS = ("xlsx", "csv")


@transaction.atomic
def export(wanted: Wanted, *, form: str, by: User) -> list[list[Any]]:
    """Sealed first, so that every row but this export's own has its link. Raises Http404 for whoever may not see."""
    rows, names = entries_seen_by(by), names_shown_to(by)
    rows = narrowed(rows, wanted, names)
    chain.extend()
    lines = [_line(Shown(entry, named=names.in_line(entry))) for entry in oldest_first(rows)]
    asked = {name: str(value) for name, value in vars(wanted).items() if value}
    details = {"rows": len(lines), "form": form if form in _FORMS else "csv", "filters": asked}
    audit.record("audit.exported", of=by, by=by, details=details)
    return lines


def header() -> list[str]:
    return [
        *(_("序号"), _("时间（UTC）"), _("操作人"), _("角色"), _("事项"), "verb", _("结果"), _("对象类别"), _("对象")),
        *(_("对象编号"), _("党组织编号"), _("网络地址"), _("请求编号"), _("变更"), _("详情"), _("链值")),
    ]


def _line(shown: Shown) -> list[Any]:
    entry: Entry = shown.entry
    at = f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return [
        *(entry.position, at, shown.by, shown.role, shown.verb, entry.verb, shown.result, shown.kind, shown.thing),
        *(entry.thing, entry.unit, entry.address, entry.request, _said_changes(shown), _said(shown.details)),
        shown.link,
    ]


def _said_changes(shown: Shown) -> str:
    return "；".join(f"{change.field} {change.before} → {change.after}" for change in shown.changes)


def _said(pairs: Iterable[tuple[str, str]]) -> str:
    return "；".join(f"{name}：{value}" for name, value in pairs)
