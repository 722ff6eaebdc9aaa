"""Record a step, take the last one back."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rules import Outcome
from shared.clock import today
from shared.http import Request
from shared.refusals import NotAllowed, Refusal
from workspace.development import lines
from workspace.development.actions import recording, undoing
from workspace.development.forms.cases import ReasonForm
from workspace.development.forms.steps import StepForm
from workspace.development.queries.above import is_decided_above
from workspace.development.queries.plans import plan_of
from workspace.development.queries.visibility import get_case, refuse_unless_decides, refuse_unless_handles
from workspace.development.wording import said


@login_required
@require_http_methods(["GET", "POST"])
def record(request: Request, pk: int, code: str) -> HttpResponse:
    """The form of one step, with what the rules say about it beside."""
    case = get_case(pk, visible_to=request.user)
    plan = plan_of(case, on=today())
    node = plan.open_node(code)
    if node is None or not case.is_open:
        raise recording.NoSuchStep
    if is_decided_above(code, plan.clocks):
        refuse_unless_decides(case, request.user)
    else:
        refuse_unless_handles(case, request.user)
    # an examination that is late by now may not have been due yet on the day that will be typed
    recording.refuse_waiting(plan, node, on=date.min)
    form = StepForm(request.POST or None, plan=plan, node=node, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = recording.record_step(
                case,
                code,
                on=given["on"],
                outcome=form.outcome,
                basis=given["basis"],
                details=form.details(),
                by=request.user,
                today=today(),
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            outcome = Outcome(row.outcome)
            words = _("已登记“{step}”：{outcome}。").format(step=said(node.step), outcome=said(outcome))
            (messages.warning if outcome is Outcome.FAILED else messages.success)(request, words)
            return redirect("development:case", pk)
    line = next(line for line in lines.lines_of(plan, reader=request.user) if line.node.key == node.key)
    context = {"case": case, "form": form, "line": line, "plan": plan}
    return render(request, "development/step.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: Request, pk: int) -> HttpResponse:
    """Ask why, then take the newest record back."""
    case = get_case(pk, visible_to=request.user)
    last = undoing.last_step(case)
    if last is None:
        raise undoing.NothingToUndo
    plan = plan_of(case, on=today())
    if is_decided_above(last.code, plan.clocks):
        refuse_unless_decides(case, request.user)
    else:
        refuse_unless_handles(case, request.user)
    label = next((said(node.step) for node in plan.nodes if node.step.code == last.code), last.code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        undoing.undo_last(case, reason=form.cleaned_data["reason"], by=request.user, today=today())
        messages.success(request, _("已撤回“{step}”。").format(step=label))
        return redirect("development:case", pk)
    context = {
        "case": case,
        "form": form,
        "title": _("撤回最后一步：{step}").format(step=label),
        "submit": _("撤回"),
        "note": _("撤回后，人员类别和日期一并恢复到这一步之前；撤回会留下记录。"),
    }
    return render(request, "development/small.html", context, status=422 if form.errors else 200)
