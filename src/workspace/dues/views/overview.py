"""Across branches: what came in this month, and who is behind."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rules.workdays import add_months
from shared import charts
from shared.clock import today
from shared.components import Column, Empty, Export, Table
from shared.components.badges import badge
from shared.exports import list_response
from shared.http import Request
from workspace.access.queries import may
from workspace.audit import actions as audit
from workspace.dues import months
from workspace.dues.queries.figures import Paid, paid_share
from workspace.dues.queries.standing import Behind, behind
from workspace.dues.queries.visibility import branches_seen_by, own
from workspace.members.models import Member
from workspace.organization.models import Unit

MONTHS_BACK = 11


@dataclass(frozen=True)
class Row:
    unit: Unit
    paid: Paid

    @property
    def share(self) -> int | None:
        """Percent; only a branch that is through shows 100."""
        return None if self.paid.share is None else int(self.paid.share * 100)


@login_required
@require_safe
def index(request: Request) -> HttpResponse:
    """Where dues begin for this person: their branch's sheet, the overview, or their own page."""
    branches = list(branches_seen_by(request.user)[:2])
    if len(branches) == 1:
        return redirect("dues:sheet", branches[0].pk)
    return redirect("dues:overview" if branches else "dues:me")


@login_required
@require_safe
def overview(request: Request) -> HttpResponse:
    """Every branch in reach in one month, with the year's trend. `?month=2026-11&unit=…&form=xlsx`."""
    if not may(request.user, "dues.view"):
        raise PermissionDenied
    month = months.month_from(request.GET.get("month", ""), today=today())
    branches = branches_seen_by(request.user)
    chosen = _chosen(request)
    if chosen:
        branches = branches.below(chosen)
    figures = paid_share(under=_top(), first=add_months(month, -MONTHS_BACK), last=month)
    rows = [Row(unit, figures.get((unit.path, month), Paid())) for unit in branches]
    if request.GET.get("form"):
        return _export(request, rows, month)
    before, after = months.around(month)
    whole = _sum(row.paid for row in rows)
    paths = {row.unit.path for row in rows}
    context = {
        "table": _table(request, rows, month),
        "month": months.shown(month),
        "before": before,
        "after": after,
        "chosen": chosen,
        "whole": whole,
        "percent": None if whole.share is None else int(whole.share * 100),
        "trend": _trend(figures, paths, month),
    }
    return render(request, "dues/overview.html", context)


@login_required
@require_safe
def arrears(request: Request) -> HttpResponse:
    """Members with open months, by branch and name: for people to talk to, never for a machine to act on."""
    if not may(request.user, "dues.view"):
        raise PermissionDenied
    branches = branches_seen_by(request.user)
    rows = behind(Member.objects.filter(unit__in=branches.order_by().values("pk")), today=today())
    if request.GET.get("form"):
        header = [_("姓名"), _("党支部"), _("未交月份"), _("月数"), _("应补交"), _("提示")]
        lines = [
            [row.member.name, str(row.member.unit), _spans(row), len(row.open_months), row.owed, _level(row)]
            for row in rows
        ]
        audit.record("dues.exported", of=request.user, by=request.user, details={"arrears": True, "rows": len(lines)})
        return list_response(request.GET["form"], f"dues-arrears-{today():%Y%m%d}", header, lines)
    columns = [
        Column(name="member.name", label=_("姓名"), link=lambda row: reverse("dues:member", args=[row.member.pk])),
        Column(name="unit", label=_("党支部"), value=lambda row: str(row.member.unit)),
        Column(name="months", label=_("未交月份"), value=_spans),
        Column(name="count", label=_("月数"), value=lambda row: len(row.open_months), kind="number", sort="count"),
        Column(name="owed", label=_("应补交（元）"), value=lambda row: str(row.owed), kind="number"),
        Column(name="level", label=_("提示"), value=lambda row: badge(_level(row), "late" if row.is_flagged else "")),
    ]
    exports = [Export(label="Excel", url="?form=xlsx"), Export(label="CSV", url="?form=csv")]
    empty = Empty(title=_("没有未交的月份"), text=_("当月的党费本月内都可以交，不算欠交。"), icon="circle-check")
    table = Table(request, rows, columns, caption=_("欠交名单"), exports=exports, empty=empty)
    context = {"table": table, "flagged": sum(row.is_flagged for row in rows), "has_own": own(request.user) is not None}
    return render(request, "dues/arrears.html", context)


def _table(request: Request, rows: list[Row], month: date) -> Table:
    shown = months.shown(month)
    columns = [
        Column(
            name="unit",
            label=_("党支部"),
            link=lambda row: f"{reverse('dues:sheet', args=[row.unit.pk])}?month={shown}",
        ),
        Column(name="paid.members", label=_("应交人数"), kind="number"),
        Column(name="paid.settled", label=_("已交人数"), kind="number"),
        Column(name="expected", label=_("应交（元）"), kind="number", value=lambda row: str(row.paid.expected)),
        Column(name="received", label=_("实收（元）"), kind="number", value=lambda row: str(row.paid.received)),
        Column(name="share", label=_("进度"), value=_progress),
    ]
    return Table(request, rows, columns, caption=_("各支部本月党费"), exports=_exports())


def _progress(row: Row) -> object:
    if row.share is None:
        return badge(_("未核定"), "late")
    return badge(f"{row.share}%", "good" if row.paid.settled >= row.paid.members else "")


def _exports() -> list[Export]:
    return [Export(label="Excel", url="?form=xlsx"), Export(label="CSV", url="?form=csv")]


def _export(request: Request, rows: list[Row], month: date) -> HttpResponse:
    header = [_("党支部"), _("应交人数"), _("已交人数"), _("应交"), _("实收")]
    lines = [[row.unit.name, row.paid.members, row.paid.settled, row.paid.expected, row.paid.received] for row in rows]
    details = {"month": months.shown(month), "rows": len(lines)}
    audit.record("dues.exported", of=request.user, by=request.user, details=details)
    return list_response(request.GET["form"], f"dues-{months.shown(month)}", header, lines)


def _trend(figures: dict[tuple[str, date], Paid], paths: set[str], month: date) -> Any:
    by_month: dict[date, list[Paid]] = defaultdict(list)
    for (path, when), paid in figures.items():
        if path in paths:
            by_month[when].append(paid)
    line = [add_months(month, -back) for back in range(MONTHS_BACK, -1, -1)]
    shares = [_sum(by_month[when]).share for when in line]
    values = [None if share is None else round(share * 100) for share in shares]
    if sum(value is not None for value in values) < 2:
        return None
    return charts.trend(
        [f"{when:%m}" for when in line], {_("交纳率"): values}, title=_("各月交纳率"), unit="%", top=100
    )


def _sum(parts: Any) -> Paid:
    known = list(parts)
    return Paid(
        sum(part.members for part in known),
        sum(part.settled for part in known),
        sum((part.expected for part in known), Paid().expected),
        sum((part.received for part in known), Paid().received),
    )


def _chosen(request: Request) -> Unit | None:
    """The unit the overview is narrowed to: one above the branches, from a link of the tree."""
    key = request.GET.get("unit", "")
    return Unit.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None


def _top() -> Unit:
    return Unit.objects.get(depth=1)


def _spans(row: Behind) -> str:
    """2026-03 至 2026-05、2026-07"""
    spans: list[list[date]] = []
    for month in row.open_months:
        if spans and add_months(spans[-1][-1], 1) == month:
            spans[-1].append(month)
        else:
            spans.append([month])
    texts = (
        months.shown(span[0])
        if len(span) == 1
        else _("{first} 至 {last}").format(first=months.shown(span[0]), last=months.shown(span[-1]))
        for span in spans
    )
    return "、".join(texts)


def _level(row: Behind) -> str:
    return _("连续六个月未交，请党组织核实") if row.is_flagged else _("提醒交纳")
