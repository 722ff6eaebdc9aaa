"""The year of a branch, of a member, and of all branches in reach."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared import charts
from shared.clock import today
from shared.components import Column, Empty, Table
from shared.components.badges import badge
from shared.exports import list_response
from shared.http import Request
from shared.workspace import current_workspace
from workspace.audit import actions as audit
from workspace.learning.queries.figures import Reached, due_by, reached
from workspace.learning.queries.uncertified import uncertified
from workspace.learning.queries.visibility import branches_kept_by, highest_kept_by, member_seen_by, own, unit_kept_by
from workspace.learning.queries.years import Line, line_of, records_of, sheet_of
from workspace.members.models import Member
from workspace.organization.models import Unit

FIRST_YEAR = 2019  # the year of the regulation


@login_required
@require_safe
def index(request: Request) -> HttpResponse:
    """Where study begins for this person: their branch's sheet, all branches, or their own page."""
    branches = list(branches_kept_by(request.user)[:2])
    if len(branches) == 1:
        return redirect("learning:sheet", branches[0].pk)
    return redirect("learning:overview" if branches else "learning:me")


@login_required
@require_safe
def sheet(request: Request, pk: int) -> HttpResponse:
    """Hours of every member against the year's, by name. `?year=2026&form=xlsx`."""
    unit = unit_kept_by(request.user, pk)
    if unit.type not in Unit.BRANCHES:
        return redirect("learning:overview")
    year = _year(request)
    found = sheet_of(unit, year, today=today())
    if request.GET.get("form"):
        header = [_("姓名"), _("学时"), _("应学"), _("进度")]
        rows = [[line.member.name, line.hours, line.owed, _state(line)[0]] for line in found.lines]
        audit.record("study.exported", of=unit, by=request.user, details={"year": year, "rows": len(rows)})
        return list_response(request.GET["form"], f"study-{unit.pk}-{year}", header, rows)
    columns = [
        Column(
            name="member.name",
            label=_("姓名"),
            link=lambda line: f"{reverse('learning:member', args=[line.member.pk])}?year={year}",
        ),
        Column(name="hours", label=_("已认定学时"), kind="number", value=lambda line: str(line.hours.normalize() + 0)),
        Column(name="state", label=_("进度"), value=lambda line: badge(*_state(line))),
    ]
    empty = Empty(title=_("支部还没有党员"), text=_("名册里的正式党员和预备党员会出现在这里。"), icon="users")
    context = {
        "sheet": found,
        "table": Table(request, found.lines, columns, caption=_("学时"), size=100, empty=empty),
        "waiting": uncertified(unit, year).count(),
        "has_others": branches_kept_by(request.user).exclude(pk=unit.pk).exists(),
    } | _years(year)
    return render(request, "learning/sheet.html", context)


@login_required
@require_safe
def me(request: Request) -> HttpResponse:
    """My hours, and what they come from."""
    member = own(request.user)
    if member is None:
        return render(request, "learning/me_unknown.html")
    return render(request, "learning/member.html", _member(request, member) | {"is_own": True})


@login_required
@require_safe
def member(request: Request, pk: int) -> HttpResponse:
    """The same for those who keep the hours."""
    found = member_seen_by(request.user, pk)
    is_own = found.user_id == request.user.pk
    return render(request, "learning/member.html", _member(request, found) | {"is_own": is_own, "may_undo": not is_own})


@login_required
@require_safe
def certificate(request: Request, pk: int) -> HttpResponse:
    """The year on paper, for the member or those who keep the hours."""
    found = member_seen_by(request.user, pk)
    context = _member(request, found)
    meta = [
        (_("姓名"), found.name),
        (_("党组织"), found.unit.name),
        (_("年度"), str(context["year"])),
        (_("单位"), current_workspace().name),
    ]
    return render(request, "learning/certificate.html", context | {"meta": meta, "on": today()})


@dataclass(frozen=True)
class Row:
    unit: Unit
    reached: Reached

    @property
    def share(self) -> int | None:
        return None if self.reached.share is None else int(self.reached.share * 100)


@login_required
@require_safe
def overview(request: Request) -> HttpResponse:
    """Every branch in reach, in tree order: who reached the part of the hours that is due by now."""
    branches = list(branches_kept_by(request.user))
    if not branches:
        raise PermissionDenied
    figures = reached(under=Unit.objects.get(depth=1), on=today())
    rows = [Row(unit, figures.get(unit.path, Reached())) for unit in branches]
    if request.GET.get("form"):
        header = [_("党支部"), _("应学人数"), _("达到进度人数")]
        lines = [[row.unit.name, row.reached.members, row.reached.reached] for row in rows]
        audit.record("study.exported", of=request.user, by=request.user, details={"rows": len(lines)})
        return list_response(request.GET["form"], f"study-{today():%Y%m%d}", header, lines)
    columns = [
        Column(name="unit", label=_("党支部"), link=lambda row: reverse("learning:sheet", args=[row.unit.pk])),
        Column(name="reached.members", label=_("应学人数"), kind="number"),
        Column(name="reached.reached", label=_("达到进度人数"), kind="number"),
        Column(name="share", label=_("比例"), value=lambda row: None if row.share is None else f"{row.share}%"),
    ]
    whole = Reached(sum(row.reached.members for row in rows), sum(row.reached.reached for row in rows))
    context = {
        "table": Table(request, rows, columns, caption=_("各支部学时"), size=100),
        "whole": whole,
        "percent": None if whole.share is None else int(whole.share * 100),
        "due": due_by(today()),
        "top": highest_kept_by(request.user),
    }
    return render(request, "learning/overview.html", context)


def _member(request: Request, member: Member) -> dict[str, Any]:
    year = _year(request)
    records = records_of(member, year)
    line = line_of(member, records, year, today=today())
    ring = charts.ring(line.share, title=_("本年学时进度"), good=line.is_reached) if line.owed else None
    return {"member": member, "records": records, "line": line, "ring": ring, "state": _state(line)} | _years(year)


def _state(line: Line) -> tuple[str, str]:
    """(words, level of the badge)"""
    if line.owed is None:
        return _("不作硬性要求"), "info"
    if line.is_reached:
        return _("已达到"), "good"
    return (_("进度正常"), "") if line.is_on_the_way else (_("低于进度"), "late")


def _year(request: Request) -> int:
    """`?year=2026`; anything else is the running one."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= today().year else today().year


def _years(year: int) -> dict[str, Any]:
    after = year + 1 if year < today().year else None
    return {"year": year, "before": year - 1 if year > FIRST_YEAR else None, "after": after}
