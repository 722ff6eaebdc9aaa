"""The list of cases, the overdue board, and one case as a guide."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rules import CASE_STEPS, AdmissionStage
from shared.clock import today
from shared.components import Column, Empty, Export, Table
from shared.components.badges import badge
from shared.exports import list_response
from shared.http import Request
from workspace.access.queries import may
from workspace.audit import actions as audit
from workspace.development import lines, sheets
from workspace.development.actions.undoing import last_step
from workspace.development.forms.cases import Filters
from workspace.development.models import Case, CaseQuerySet
from workspace.development.queries import pipeline
from workspace.development.queries.plans import plan_of
from workspace.development.queries.visibility import (
    HANDLE,
    VIEW,
    cases_visible_to,
    get_case,
    handles,
    may_decide,
    own_case,
)
from workspace.development.wording import said
from workspace.members.queries.register import units_to_choose

_STEPS = {step.code: step for step in CASE_STEPS}


@login_required
@require_safe
def index(request: Request) -> HttpResponse:
    """Cases in reach, by stage; `?form=xlsx` takes the list away."""
    user = request.user
    if not may(user, VIEW):
        if own_case(user):
            return redirect("development:me")
        raise PermissionDenied
    seen = cases_visible_to(user)
    filters = Filters(request.GET, units=units_to_choose(user, VIEW))
    found = pipeline.cases(user, filters.narrowing(), on=today())
    if request.GET.get("form"):
        return _list(request, found)
    context = {
        "table": Table(
            request,
            found,
            _columns(),
            caption=_("发展党员档案"),
            sort="next_due",
            filters=filters,
            exports=[Export(label="Excel", url="?form=xlsx"), Export(label="CSV", url="?form=csv")],
            empty=Empty(
                title=_("没有符合条件的档案"),
                text=_("有人递交入党申请书时，在这里建档；正在办理的，可以带着各步日期一起导入。"),
                icon="seedling",
            ),
        ),
        "stages": [(said(stage), stage.value, count) for stage, count in pipeline.by_stage(seen.open())],
        "late": seen.overdue(today()).count(),
        "may_handle": may(user, HANDLE),
    }
    return render(request, "development/index.html", context)


def _columns() -> list[Column]:
    return [
        Column(
            name="member.name",
            label=_("姓名"),
            sort="member__pinyin",
            link=lambda case: reverse("development:case", args=[case.pk]),
        ),
        Column(name="unit", label=_("党支部"), value=lambda case: str(case.unit), sort="member__unit__path"),
        Column(name="stage", label=_("阶段"), value=lambda case: case.get_stage_display(), sort="stage"),
        Column(name="next", label=_("下一步"), value=sheets.what_next),
        Column(name="next_due", label=_("截止日"), sort="next_due", kind="date"),
        Column(name="state", label=_("状态"), value=_state, kind="html"),
    ]


def _state(case: Case) -> object:
    if not case.is_open:
        return badge(case.get_state_display(), "good" if case.state == Case.State.DONE else "empty")
    if case.next_due and case.next_due < today():
        return badge(_("逾期"), "late")
    return badge(_("待上级办理"), "info") if case.asks_above else badge(_("进行中"))


def _list(request: Request, found: CaseQuerySet) -> HttpResponse:
    rows = sheets.rows(found)
    audit.record("development.exported", of=request.user, by=request.user, details={"rows": len(rows)})
    return list_response(request.GET["form"], f"development-{today():%Y%m%d}", sheets.heading(), rows)


@login_required
@require_safe
def overdue(request: Request) -> HttpResponse:
    """Every step that is past its day, over all branches in reach."""
    user = request.user
    if not may(user, VIEW):
        raise PermissionDenied
    on = today()
    found = cases_visible_to(user).overdue(on).prefetch_related("steps").order_by("next_due")
    rows = pipeline.late_steps(found, on=on)
    if request.GET.get("form"):
        header = [_("党支部"), _("姓名"), _("步骤"), _("截止日"), _("超期天数")]
        plain = [[r.plan.case.unit.name, r.plan.case.member.name, _step(r), r.due, r.days] for r in rows]
        audit.record("development.exported", of=user, by=user, details={"rows": len(plain)})
        return list_response(request.GET["form"], f"development-overdue-{on:%Y%m%d}", header, plain)
    by_unit: dict[str, int] = {}
    for row in rows:
        by_unit[str(row.plan.case.unit)] = by_unit.get(str(row.plan.case.unit), 0) + 1
    columns = [
        Column(
            name="name",
            label=_("姓名"),
            value=lambda row: row.plan.case.member.name,
            link=lambda row: reverse("development:case", args=[row.plan.case.pk]),
        ),
        Column(name="unit", label=_("党支部"), value=lambda row: str(row.plan.case.unit)),
        Column(name="step", label=_("步骤"), value=_step),
        Column(name="due", label=_("截止日"), kind="date"),
        Column(name="days", label=_("超期天数"), kind="number"),
        Column(name="who", label=_("由谁办理"), value=lambda row: said(_STEPS[row.step].actor)),
    ]
    context = {
        "table": Table(
            request,
            rows,
            columns,
            caption=_("逾期步骤"),
            size=100,
            exports=[Export(label="Excel", url="?form=xlsx"), Export(label="CSV", url="?form=csv")],
            empty=Empty(title=_("没有逾期的步骤"), icon="circle-check"),
        ),
        "by_unit": sorted(by_unit.items(), key=lambda pair: -pair[1]),
        "count": len(rows),
    }
    return render(request, "development/overdue.html", context)


def _step(row: pipeline.Late) -> str:
    return said(_STEPS[row.step])


@login_required
@require_safe
def case(request: Request, pk: int) -> HttpResponse:
    """What is due, by when and why; what was done; what comes."""
    user, on = request.user, today()
    found = get_case(pk, visible_to=user)
    plan = plan_of(found, on=on)
    rows = lines.lines_of(plan, reader=user)
    papers = lines.papers(plan)
    by_key = {line.node.key: line for line in rows}
    notice = next((line for line in rows if line.code == "public_notice" and line.records), None)
    context = {
        "case": found,
        "plan": plan,
        "stage": said(plan.stage),
        "stages": [label for label, _lines in lines.by_stage(rows)],
        "stage_number": [said(s) for s in {n.step.stage: None for n in plan.nodes}].index(said(plan.stage)) + 1,
        "now": [by_key[node.key] for node in (*plan.failed, *plan.now)] if found.is_open else [],
        "groups": lines.by_stage(rows),
        "papers_there": sum(paper.is_there for paper in papers),
        "papers_all": len(papers),
        "notice": notice,
        "notice_open": notice is not None and notice.node.outcome != "failed" and not plan.day_of("decide_object"),
        "may_handle": handles(user, found),
        "may_special": found.is_open and plan.stage is AdmissionStage.ADMISSION and may_decide(user, found),
        "last": last_step(found),
        "text": plan.clocks.rule("admission.probation"),
    }
    return render(request, "development/case.html", context)


@login_required
@require_safe
def me(request: Request) -> HttpResponse:
    """One's own way: what is done and what comes next."""
    found = own_case(request.user)
    if found is None:
        return render(request, "development/me_none.html")
    plan = plan_of(found, on=today())
    rows = lines.lines_of(plan, reader=request.user)
    now = {node.key for node in plan.now}
    context = {
        "case": found,
        "groups": lines.by_stage(rows),
        "now": [line for line in rows if line.node.key in now],
        "stage": said(plan.stage),
    }
    return render(request, "development/me.html", context)


@login_required
@require_safe
def of_member(request: Request, pk: int) -> HttpResponse:
    """The newest case of a member, or the page that opens one."""
    found = cases_visible_to(request.user).filter(member=pk).order_by("-pk").first()
    if found:
        return redirect("development:case", found.pk)
    return redirect(f"{reverse('development:new')}?member={pk}")
