"""The lists: running elections, terms that end soon or are over, what is done; searched, narrowed, taken away."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.components import Column, Empty, Export, Table
from shared.exports import list_response
from shared.http import Request
from workspace.access.queries import may, units_where
from workspace.audit import actions as audit
from workspace.elections.forms.filters import Filters
from workspace.elections.models import Election
from workspace.elections.queries import lists
from workspace.elections.queries.terms import UnitTerm
from workspace.elections.queries.visibility import HANDLE, VIEW, answers_for_committees
from workspace.elections.views.words import standing_badge, state_badge, term_badge

_OF_TERMS = ("due", "over")


@login_required
@require_safe
def index(request: Request, tab: str = "running") -> HttpResponse:
    """`running`, `due`, `over` or `done`."""
    if tab not in lists.TABS:
        raise Http404
    if not may(request.user, VIEW):
        raise PermissionDenied
    on = today()
    filters = _filters(request)
    rows: Any = _rows(request, tab, filters, on)
    table = Table(
        request,
        rows,
        _term_columns(on) if tab in _OF_TERMS else _columns(),
        caption=_("换届选举"),
        filters=filters,
        exports=[Export(label="Excel", url=f"{reverse('elections:export')}?tab={tab}&form=xlsx")],
        empty=_nothing(request, tab),
    )
    context = {
        "table": table,
        "tabs": _tabs(request, on),
        "may_open": may(request.user, HANDLE),
        "may_approve": answers_for_committees(request.user),
    }
    return render(request, "elections/index.html", context)


@login_required
@require_safe
def export(request: Request) -> HttpResponse:
    """`?tab=due&form=xlsx`, narrowed as the list; CSV otherwise. `tab=all` is every election."""
    if not may(request.user, VIEW):
        raise PermissionDenied
    on, tab = today(), request.GET.get("tab", "all")
    found: Any = _rows(request, tab, _filters(request), on)
    if tab in _OF_TERMS:
        header = [_("党组织"), _("本届选举日期"), _("任期届满"), _("剩余天数"), _("换届状态")]
        rows = [[r.unit.name, r.elected_on, r.ends, r.days_left(on), _standing(r)] for r in found]
    else:
        header = [_("党组织"), _("选举方式"), _("名额"), _("计划日期"), _("党员大会"), _("状态"), _("当选")]
        rows = [_line(row) for row in found]
    audit.record("elections.exported", of=request.user, by=request.user, details={"tab": tab, "rows": len(rows)})
    return list_response(request.GET.get("form", ""), f"elections-{on:%Y%m%d}", header, rows)


def _rows(request: Request, tab: str, filters: Filters, on: date) -> object:
    if tab in _OF_TERMS:
        return lists.terms(request.user, tab, filters.narrowing(), on=on)
    return lists.elections(request.user, tab, filters.narrowing())


def _line(row: Election) -> list[object]:
    elected = "、".join(f"{seat.name}（{seat.label}）" for seat in row.outcome)
    kind, state = str(row.get_kind_display()), str(row.get_state_display())
    return [row.unit.name, kind, row.seats, row.planned_on, row.held_on, state, elected]


def _standing(row: UnitTerm) -> str:
    if row.election is not None:
        return str(row.election.get_state_display())
    return _("已批准延期") if row.is_postponed else ""


def _filters(request: Request) -> Filters:
    return Filters(request.GET, units=units_where(request.user, VIEW).open())


def _columns() -> list[Column]:
    return [
        Column(
            name="unit",
            label=_("党组织"),
            value=lambda row: str(row.unit),
            link=lambda row: reverse("elections:election", args=[row.pk]),
        ),
        Column(name="kind", label=_("选举方式"), value=lambda row: str(row.get_kind_display())),
        Column(name="seats", label=_("名额"), kind="number", value=lambda row: row.seats),
        Column(name="planned_on", label=_("计划日期"), kind="date", sort="planned_on"),
        Column(name="held_on", label=_("党员大会"), kind="date", sort="held_on"),
        Column(name="state", label=_("状态"), kind="html", value=state_badge),
        Column(name="closed_on", label=_("办结日期"), kind="date", sort="closed_on", hidden=True),
    ]


def _term_columns(on: date) -> list[Column]:
    return [
        Column(name="unit", label=_("党组织"), value=lambda row: str(row.unit), link=_where),
        Column(name="elected_on", label=_("本届选举日期"), kind="date"),
        Column(name="ends", label=_("任期届满"), kind="date", sort="ends"),
        Column(name="left", label=_("期限"), kind="html", value=lambda row: term_badge(row, on)),
        Column(name="standing", label=_("换届状态"), kind="html", value=standing_badge),
    ]


def _where(row: UnitTerm) -> str:
    """To the election that runs, else to where one is opened."""
    if row.election is not None:
        return reverse("elections:election", args=[row.election.pk])
    return f"{reverse('elections:new')}?unit={row.unit.pk}"


def _tabs(request: Request, on: date) -> list[tuple[str, str, int]]:
    counts = lists.counts(request.user, on=on)
    labels = {"running": _("办理中"), "due": _("半年内届满"), "over": _("已逾期"), "done": _("已办结")}
    urls = {tab: reverse("elections:tab", args=[tab]) for tab in lists.TABS} | {"running": reverse("elections:index")}
    return [(labels[tab], urls[tab], counts[tab]) for tab in lists.TABS]


def _nothing(request: Request, tab: str) -> Empty:
    if tab == "due":
        return Empty(
            title=_("半年内没有任期届满的党组织"),
            text=_("届满前6个月起会列在这里，并提醒书记和上级。"),
            icon="calendar-event",
        )
    if tab == "over":
        return Empty(title=_("没有逾期未换届的党组织"), icon="circle-check")
    if tab == "done":
        return Empty(title=_("还没有办结的换届"), icon="checkbox")
    text = _("任期届满应当按期换届。从请示、名单、候选人到投票、报批，一步步办理。")
    if may(request.user, HANDLE):
        url = reverse("elections:new")
        return Empty(title=_("没有正在办理的换届"), text=text, url=url, label=_("开始换届"), icon="checkbox")
    return Empty(title=_("没有正在办理的换届"), text=text, icon="checkbox")
