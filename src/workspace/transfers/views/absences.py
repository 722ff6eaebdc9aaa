"""People away: floating, graduates, abroad, out of contact; whom to get in touch with first."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.components import Column, Empty, Export, Table
from shared.components.badges import badge
from shared.exports import list_response
from shared.http import Request
from workspace.access.queries import may, units_where
from workspace.audit import actions as audit
from workspace.transfers.forms.filters import AwayFilters
from workspace.transfers.models import Absence
from workspace.transfers.queries import lists
from workspace.transfers.queries.flags import due_flags
from workspace.transfers.queries.visibility import ISSUE, VIEW
from workspace.transfers.views.words import due_badge


@login_required
@require_safe
def index(request: Request, tab: str = "open") -> HttpResponse:
    """`open`, `overdue` or `ended`. A plain member is sent to their own."""
    if tab not in lists.AWAY_TABS:
        raise Http404
    if not may(request.user, VIEW):
        return redirect("transfers:me")
    on = today()
    filters = AwayFilters(request.GET, units=units_where(request.user, VIEW).open())
    rows = lists.absences(request.user, tab, on=on, **filters.said())
    exports = [Export(label="Excel", url=f"{reverse('transfers:absences-export')}?tab={tab}&form=xlsx")]
    empty = Empty(
        title=_("没有逾期的联系") if tab == "overdue" else _("这里还没有人"),
        text=_("流动、毕业、出国（境）和失去联系的同志在这里登记，按期提醒联系。"),
        icon="world",
    )
    table = Table(
        request, rows, _columns(), caption=_("流动、出国（境）与失联"), filters=filters, exports=exports, empty=empty
    )
    kinds = [(kind.label, reverse("transfers:absence-new", args=[kind.value])) for kind in Absence.Kind]
    context = {"table": table, "tabs": _tabs(request), "kinds": kinds, "may_change": may(request.user, ISSUE)}
    return render(request, "transfers/absences/index.html", context)


@login_required
@require_safe
def export(request: Request) -> HttpResponse:
    """`?tab=open&form=xlsx`, narrowed as the list; CSV otherwise."""
    if not may(request.user, VIEW):
        raise PermissionDenied
    on, tab = today(), request.GET.get("tab", "all")
    filters = AwayFilters(request.GET, units=units_where(request.user, VIEW).open())
    header = [
        _("姓名"), _("党支部"), _("类别"), _("起始日期"), _("原因"), _("所在地"), _("预计返回"), _("最近联系"),
        _("下次联系"), _("联系次数"), _("提示"), _("结束日期"), _("结束原因"),
    ]  # fmt: skip
    rows = [_line(row) for row in lists.absences(request.user, tab, on=on, **filters.said())]
    audit.record("absences.exported", of=request.user, by=request.user, details={"tab": tab, "rows": len(rows)})
    return list_response(request.GET.get("form", ""), f"absences-{on:%Y%m%d}", header, rows)


def _line(row: Absence) -> list[object]:
    return [
        row.member.name,
        row.member.unit.name,
        str(row.get_kind_display()),
        row.since,
        str(row.get_reason_display()),
        row.place,
        row.expected_until,
        row.contacted_on,
        row.next_contact_on,
        len(row.contacts),
        "；".join(str(flag.text) for flag in due_flags(row, on=today())),
        row.ended_on,
        str(row.get_ended_for_display()),
    ]


def _columns() -> list[Column]:
    on = today()
    return [
        Column(name="member.name", label=_("姓名"), link=lambda row: reverse("transfers:absence", args=[row.pk])),
        Column(name="unit", label=_("党支部"), value=lambda row: str(row.member.unit)),
        Column(name="kind", label=_("类别"), value=lambda row: str(row.get_kind_display())),
        Column(name="since", label=_("起始日期"), kind="date", sort="since"),
        Column(name="place", label=_("所在地")),
        Column(name="contacted_on", label=_("最近联系"), kind="date", sort="contacted_on"),
        Column(
            name="next_contact_on", label=_("下次联系"), value=lambda row: due_badge(row, on), sort="next_contact_on"
        ),
        Column(name="flags", label=_("提示"), value=lambda row: _flagged(row)),
    ]


def _flagged(row: Absence) -> object:
    """Only that there is something to decide; what it is stands on the person's page."""
    found = due_flags(row, on=today())
    return badge(_("请研究"), "late") if found else ""


def _tabs(request: Request) -> list[tuple[str, str, int]]:
    counts = lists.away_counts(request.user, on=today())
    labels = {"open": _("进行中"), "overdue": _("联系逾期"), "ended": _("已结束")}
    urls = {
        "open": reverse("transfers:absences"),
        **{t: reverse("transfers:absences-tab", args=[t]) for t in lists.AWAY_TABS[1:]},
    }
    return [(labels[tab], urls[tab], counts[tab]) for tab in lists.AWAY_TABS]
