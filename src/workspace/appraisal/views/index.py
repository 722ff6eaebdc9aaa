"""The board of a year: which branches hold their appraisal, which did, which have not begun; taken away as a list."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import rules
from shared.clock import today
from shared.components import Column, Empty, Export, Table
from shared.exports import list_response
from shared.http import Request
from workspace.access.queries import may, units_where
from workspace.appraisal.forms.filters import Filters
from workspace.appraisal.models.ballots import Grade
from workspace.appraisal.queries import lists
from workspace.appraisal.queries.lists import UnitYear
from workspace.appraisal.queries.visibility import HANDLE, VIEW, units_handled_by
from workspace.appraisal.views.words import standing_badge
from workspace.audit import actions as audit


@login_required
@require_safe
def index(request: Request, tab: str = "all") -> HttpResponse:
    """`all`, `due`, `running` or `done`, of the year that `?year=` says."""
    if tab not in lists.TABS:
        raise Http404
    if not may(request.user, VIEW):
        raise PermissionDenied
    filters = _filters(request)
    narrowing = filters.narrowing()
    rows = lists.board(request.user, narrowing)
    table = Table(
        request,
        lists.under(rows, tab),
        _columns(request, narrowing.year),
        caption=_("{year}年度民主评议").format(year=narrowing.year),
        filters=filters,
        exports=[Export(label="Excel", url=f"{reverse('appraisal:export')}?tab={tab}&form=xlsx")],
        empty=_nothing(tab),
    )
    context = {
        "table": table,
        "tabs": _tabs(request, rows),
        "may_open": units_handled_by(request.user).exists(),
        "verdict": _verdict(rows, narrowing.year),
        "rule": rules.rulebook().get("branch.appraisal"),
    }
    return render(request, "appraisal/index.html", context)


@login_required
@require_safe
def export(request: Request) -> HttpResponse:
    """`?tab=due&year=2026&form=xlsx`, narrowed as the board; CSV otherwise."""
    if not may(request.user, VIEW):
        raise PermissionDenied
    tab, narrowing = request.GET.get("tab", "all"), _filters(request).narrowing()
    rows = lists.under(lists.board(request.user, narrowing), tab)
    header = [_("党支部"), _("状态"), _("参加人数"), _("评定人数"), *[str(g.label) for g in Grade], _("归档日期")]
    lines = [_line(row) for row in rows]
    details = {"tab": tab, "year": narrowing.year, "rows": len(lines)}
    audit.record("appraisals.exported", of=request.user, by=request.user, details=details)
    return list_response(request.GET.get("form", ""), f"appraisals-{narrowing.year}", header, lines)


def _line(row: UnitYear) -> list[Any]:
    found = row.appraisal
    if found is None:
        return [row.unit.name, _("还没有开展"), *[""] * 7]
    counts = [row.grades.get(grade.value, "") for grade in Grade]
    state = str(found.get_state_display())
    return [row.unit.name, state, len(found.participants), len(found.graded), *counts, found.closed_on]


def _filters(request: Request) -> Filters:
    on = today()
    return Filters(
        request.GET,
        units=units_where(request.user, VIEW).open(),
        years=lists.years_of(request.user, on),
        year=lists.year_of(on),
    )


def _columns(request: Request, year: int) -> list[Column]:
    may_open = may(request.user, HANDLE)

    def where(row: UnitYear) -> str:
        if row.appraisal is not None:
            return reverse("appraisal:appraisal", args=[row.appraisal.pk])
        if may_open:
            return f"{reverse('appraisal:new')}?unit={row.unit.pk}&year={year}"
        return reverse("organization:unit", args=[row.unit.pk])

    return [
        Column(name="unit", label=_("党支部"), value=lambda row: str(row.unit), link=where),
        Column(name="state", label=_("状态"), kind="html", value=standing_badge),
        Column(
            name="graded",
            label=_("评定人数"),
            kind="number",
            value=lambda row: len(row.appraisal.graded) if row.appraisal else None,
        ),
        *[_grade_column(grade) for grade in Grade],
        Column(
            name="closed_on",
            label=_("归档日期"),
            kind="date",
            value=lambda row: row.appraisal.closed_on if row.appraisal else None,
        ),
    ]


def _grade_column(grade: Grade) -> Column:
    return Column(
        name=grade.value, label=str(grade.label), kind="number", value=lambda row: row.grades.get(grade.value)
    )


def _tabs(request: Request, rows: list[UnitYear]) -> list[tuple[str, str, int]]:
    labels = {"all": _("全部"), "due": _("还没有开展"), "running": _("进行中"), "done": _("已完成")}
    said = request.GET.urlencode()
    asked = f"?{said}" if said else ""
    urls = {tab: reverse("appraisal:tab", args=[tab]) for tab in lists.TABS} | {"all": reverse("appraisal:index")}
    return [(labels[tab], urls[tab] + asked, len(lists.under(rows, tab))) for tab in lists.TABS]


def _verdict(rows: list[UnitYear], year: int) -> str:
    if not rows:
        return _("没有您能查看的党支部。")
    done = len(lists.under(rows, "done"))
    return _("{year}年度：{every} 个党支部中 {done} 个已完成。").format(year=year, every=len(rows), done=done)


def _nothing(tab: str) -> Empty:
    if tab == "due":
        return Empty(title=_("每个党支部都开展了民主评议"), icon="circle-check")
    if tab == "all":
        return Empty(title=_("没有符合条件的党支部"), text=_("请换一个年度或查找条件。"), icon="clipboard-check")
    title = _("还没有完成的民主评议") if tab == "done" else _("没有正在进行的民主评议")
    return Empty(title=title, text=_("党支部一般每年开展一次：自评、互评、测评、评定、公布。"), icon="clipboard-check")
