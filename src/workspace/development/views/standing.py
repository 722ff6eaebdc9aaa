"""Stop, take up again, special cases, papers, public notice, and the whole file on paper."""

import json
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.clock import now, today
from shared.dates import parse_date
from shared.http import Request
from shared.workspace import current_workspace
from workspace.audit import actions as audit
from workspace.development import lines
from workspace.development.actions import ending, papers
from workspace.development.forms.cases import EndingForm, NoticeResultForm, ReasonForm
from workspace.development.models import Case
from workspace.development.queries.filing import file_of
from workspace.development.queries.plans import plan_of
from workspace.development.queries.visibility import get_case, get_case_to_handle, refuse_unless_decides


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: Request, pk: int) -> HttpResponse:
    case = get_case_to_handle(pk, by=request.user)
    form = EndingForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ending.stop(case, on=said["on"], reason=said["reason"], by=request.user, today=today())
        messages.success(request, _("档案已停止，可以随时恢复。"))
        return redirect("development:case", pk)
    note = _("本人撤回申请、长期离开或经研究不再培养的，停止档案。已登记的内容都保留。")
    return _small(request, case, form, _("停止发展档案"), _("停止"), note)


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: Request, pk: int) -> HttpResponse:
    case = get_case_to_handle(pk, by=request.user)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ending.reopen(case, reason=form.cleaned_data["reason"], by=request.user, today=today())
        messages.success(request, _("档案已恢复。"))
        return redirect("development:case", pk)
    return _small(request, case, form, _("恢复发展档案"), _("恢复"), "")


@login_required
@require_http_methods(["GET", "POST"])
def special(request: Request, pk: int) -> HttpResponse:
    """Approval within six months instead of three, or back."""
    case = get_case(pk, visible_to=request.user)
    refuse_unless_decides(case, request.user)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        ending.mark_special(case, is_special=not case.is_special, reason=reason, by=request.user, today=today())
        messages.success(request, _("已保存。"))
        return redirect("development:case", pk)
    title = _("恢复一般审批时限") if case.is_special else _("特殊情况，延长审批时限")
    return _small(request, case, form, title, _("确认"), _("审批一般在3个月内，特殊情况不超过6个月。"))


@login_required
@require_http_methods(["GET", "POST"])
def materials(request: Request, pk: int) -> HttpResponse:
    """Tick what is there and say where it is kept."""
    case = get_case_to_handle(pk, by=request.user)
    plan = plan_of(case, on=today())
    if request.method == "POST":
        place = request.POST.get("place", "")[:80]
        papers.keep_papers(case, received=request.POST.getlist("paper"), place=place, on=today(), by=request.user)
        messages.success(request, _("材料清单已保存。"))
        return redirect("development:materials", pk)
    rows = lines.papers(plan)
    context = {"case": case, "papers": rows, "there": sum(row.is_there for row in rows)}
    return render(request, "development/materials.html", context)


@login_required
@require_safe
def notice(request: Request, pk: int) -> HttpResponse:
    """The sheet to post, A4. `?from=2026-09-24` shows the days of a notice that is still to be posted."""
    case = get_case(pk, visible_to=request.user)
    plan = plan_of(case, on=today())
    posted = next((row for row in reversed(plan.rows) if row.code == "public_notice"), None)
    first = posted.on if posted and posted.on else parse_date(request.GET.get("from", "")) or today()
    ends = plan.clocks.notice_ends(first)
    context = {
        "case": case,
        "first": first,
        "ends": ends,
        "posted": posted,
        "told": posted.told if posted else None,
        "activist_on": plan.day_of("recommend"),
        "contacts": _names(plan, "contacts"),
        "days": ends.rule.integer("working_days") if ends else 0,
        "next": first + timedelta(days=1),
    }
    return render(request, "development/notice.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def notice_result(request: Request, pk: int) -> HttpResponse:
    case = get_case_to_handle(pk, by=request.user)
    form = NoticeResultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        papers.report_notice(case, passed=said["passed"], result=said["result"], by=request.user, today=today())
        messages.success(request, _("公示情况已登记。"))
        return redirect("development:case", pk)
    return _small(request, case, form, _("登记公示情况"), _("登记"), "")


@login_required
@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    """The whole case on paper; `?form=json` for another system."""
    case = get_case(pk, visible_to=request.user)
    plan = plan_of(case, on=today())
    if request.GET.get("form") == "json":
        audit.record("development.file_exported", of=case, by=request.user)
        text = json.dumps({"exported_at": now(), **file_of(plan)}, ensure_ascii=False, indent=2, default=_plain)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="development-{case.pk}.json"'
        return response
    rows = lines.lines_of(plan, reader=request.user)
    meta = [
        (_("姓名"), case.member.name),
        (_("党支部"), case.unit.name),
        (_("单位"), current_workspace().name),
        (_("申请入党日期"), case.opened_on.isoformat()),
        (_("状态"), case.get_state_display()),
        (_("适用文本"), plan.clocks.rule("admission.probation").citation.partition("第")[0]),
    ]
    context = {"case": case, "groups": lines.by_stage(rows), "papers": lines.papers(plan), "meta": meta, "on": today()}
    return render(request, "development/file.html", context)


def _names(plan: object, code: str) -> str:
    rows = [row for row in plan.rows if row.code == code]  # type: ignore[attr-defined]
    return "、".join(person.name for person in rows[-1].told.people) if rows else ""


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _small(request: Request, case: Case, form: object, title: str, submit: str, note: str) -> HttpResponse:
    context = {"case": case, "form": form, "title": title, "submit": submit, "note": note}
    return render(request, "development/small.html", context, status=422 if request.method == "POST" else 200)
