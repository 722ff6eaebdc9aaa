"""Take the last step back, or give the case up."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.http import Request
from workspace.appraisal.actions import ending
from workspace.appraisal.forms.small import ReasonForm
from workspace.appraisal.queries.visibility import appraisal_to_handle
from workspace.appraisal.views.stepping import stepping

_STEPS = {
    "closing": gettext_lazy("归档，已写入时间线的等次随之撤销"),
    "announcement": gettext_lazy("公布"),
    "verdicts": gettext_lazy("评定的等次"),
    "ballot": gettext_lazy("测评结果，要重新测评"),
    "box": gettext_lazy("测评的开始，已经投的票作废"),
    "mutual": gettext_lazy("会议的登记；已写的意见保留"),
}


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: Request, pk: int) -> HttpResponse:
    found = appraisal_to_handle(request.user, pk)
    form = ReasonForm(request.POST or None)

    def act(said: ReasonForm) -> str:
        gone = ending.undo_last(found, reason=said.cleaned_data["reason"], by=request.user, on=today())
        return _("已撤回：{what}。").format(what=_STEPS[gone])

    last = ending.last_step(found)
    if request.method == "GET" and not last:
        raise ending.NothingToUndo
    if request.method == "GET" and last == "closing" and not ending.may_reopen(found, today()):
        raise ending.TooLateToUndo(days=ending.UNDO_DAYS)
    note = _("将撤回：{what}。原来的登记仍留在经过和审计记录中。").format(what=_STEPS.get(last, ""))
    words = {"title": _("撤回上一步"), "submit": _("撤回"), "note": note}
    return stepping(request, found, form, act, words, done_too=last == "closing")


@login_required
@require_http_methods(["GET", "POST"])
def cancellation(request: Request, pk: int) -> HttpResponse:
    found = appraisal_to_handle(request.user, pk)
    form = ReasonForm(request.POST or None)

    def act(said: ReasonForm) -> str:
        ending.cancel(found, reason=said.cleaned_data["reason"], by=request.user, on=today())
        return _("已取消这次民主评议。")

    note = _("取消之后可以重新开始这一年度的评议；已经登记的内容仍可查看。")
    words = {"title": _("取消民主评议"), "submit": _("取消这次评议"), "note": note}
    return stepping(request, found, form, act, words)
