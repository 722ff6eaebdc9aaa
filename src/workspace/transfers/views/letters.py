"""The list of transfers: waiting, expired, closed; searched, narrowed, taken away."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.components import Column, Empty, Export, Table
from shared.exports import list_response
from shared.http import Request
from workspace.access.queries import may, units_where
from workspace.audit import actions as audit
from workspace.transfers.forms.filters import TransferFilters
from workspace.transfers.models import Transfer
from workspace.transfers.queries import lists
from workspace.transfers.queries.visibility import ACCEPT, ISSUE, VIEW, branches_to_accept, members_to_issue
from workspace.transfers.views.words import state_badge

_FOUND_AT_ONCE = 20


@login_required
@require_safe
def index(request: Request, tab: str = "open") -> HttpResponse:
    """`open`, `expired` or `closed`. A plain member is sent to their own."""
    if tab not in lists.TABS:
        raise Http404
    if not may(request.user, VIEW):
        return redirect("transfers:me")
    on = today()
    filters = TransferFilters(request.GET, units=units_where(request.user, VIEW).open())
    rows = lists.transfers(request.user, tab, filters.narrowing(), on=on)
    exports = [Export(label="Excel", url=f"{reverse('transfers:export')}?tab={tab}&form=xlsx")]
    table = Table(
        request,
        rows,
        _columns(set(branches_to_accept(request.user).values_list("pk", flat=True))),
        caption=_("组织关系转接"),
        filters=filters,
        exports=exports,
        empty=_nothing(request, tab),
    )
    context = {
        "table": table,
        "tabs": _tabs(request),
        "may_issue": may(request.user, ISSUE),
        "may_accept": may(request.user, ACCEPT),
        "letters": ",".join(str(key) for key in filters.narrowing().keys),
    }
    return render(request, "transfers/index.html", context)


@login_required
@require_safe
def export(request: Request) -> HttpResponse:
    """`?tab=open&form=xlsx`, narrowed as the list; CSV otherwise. `tab=all` is every one."""
    if not may(request.user, VIEW):
        raise PermissionDenied
    on, tab = today(), request.GET.get("tab", "all")
    filters = TransferFilters(request.GET, units=units_where(request.user, VIEW).open())
    header = [
        _("姓名"), _("类别"), _("转出党组织"), _("转入党组织"), _("编号"), _("原因"), _("开具日期"), _("有效期至"),
        _("党费交至"), _("状态"), _("办结日期"), _("说明"),
    ]  # fmt: skip
    rows = [_line(row, on) for row in lists.transfers(request.user, tab, filters.narrowing(), on=on)]
    audit.record("transfers.exported", of=request.user, by=request.user, details={"tab": tab, "rows": len(rows)})
    return list_response(request.GET.get("form", ""), f"transfers-{on:%Y%m%d}", header, rows)


def _line(row: Transfer, on: object) -> list[object]:
    return [
        row.person_name,
        str(row.get_kind_display()),
        row.origin_name,
        row.destination_name,
        row.number,
        str(row.get_reason_display()),
        row.issued_on,
        row.expires_on,
        f"{row.paid_until:%Y-%m}" if row.paid_until else "",
        _("已过期") if row.is_open and row.expires_on < on else str(row.get_outcome_display()),  # type: ignore[operator]
        row.closed_on,
        row.remark,
    ]


@login_required
@require_safe
def me(request: Request) -> HttpResponse:
    """A member's own letters and times away."""
    own = lists.own(request.user)
    return render(request, "transfers/me.html", {"letters": own[0], "absences": own[1], "on": today()})


@login_required
@require_safe
def people(request: Request) -> JsonResponse:
    """For person pickers: those for whom this person issues letters. `?q=`"""
    words = request.GET.get("q", "").strip()[:60]
    found = members_to_issue(request.user)
    found = found.matching(words).order_by("pinyin", "pk")[:_FOUND_AT_ONCE] if words else found.none()
    results = [{"value": m.pk, "text": m.name, "detail": str(m.unit), "pinyin": m.pinyin} for m in found]
    return JsonResponse({"results": results})


def _columns(mine: set[int]) -> list[Column]:
    """`mine`: keys of the branches for which the reader takes people in."""
    on = today()
    return [
        Column(name="person_name", label=_("姓名"), link=lambda row: reverse("transfers:transfer", args=[row.pk])),
        Column(name="kind", label=_("类别"), value=lambda row: str(row.get_kind_display())),
        Column(name="origin", label=_("从"), value=lambda row: str(row.origin or row.origin_name)),
        Column(name="destination", label=_("到"), value=lambda row: str(row.destination or row.destination_name)),
        Column(name="number", label=_("编号")),
        Column(name="issued_on", label=_("开具日期"), kind="date", sort="issued_on"),
        Column(name="expires_on", label=_("有效期至"), kind="date", sort="expires_on"),
        Column(
            name="state", label=_("状态"), value=lambda row: state_badge(row, on, is_mine=row.destination_id in mine)
        ),
        Column(name="closed_on", label=_("办结日期"), kind="date", sort="closed_on", hidden=True),
        Column(name="reason", label=_("原因"), value=lambda row: str(row.get_reason_display()), hidden=True),
    ]


def _tabs(request: Request) -> list[tuple[str, str, int]]:
    counts = lists.counts(request.user, on=today())
    labels = {"open": _("待接收"), "expired": _("已过期"), "closed": _("已办结")}
    urls = {"open": reverse("transfers:index"), **{t: reverse("transfers:tab", args=[t]) for t in lists.TABS[1:]}}
    return [(labels[tab], urls[tab], counts[tab]) for tab in lists.TABS]


def _nothing(request: Request, tab: str) -> Empty:
    if tab == "expired":
        return Empty(
            title=_("没有过期的介绍信"), text=_("过期的介绍信会留在这里，直到有人办结它。"), icon="circle-check"
        )
    if tab == "closed":
        return Empty(title=_("还没有办结的转接"), icon="arrows-exchange")
    text = _("开具介绍信不等于转出：对方接收之前，仍由原支部管理。")
    if may(request.user, ISSUE):
        return Empty(
            title=_("没有在办的转接"),
            text=text,
            url=reverse("transfers:new"),
            label=_("开具介绍信"),
            icon="arrows-exchange",
        )
    return Empty(title=_("没有在办的转接"), text=text, icon="arrows-exchange")
