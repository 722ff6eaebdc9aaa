"""Take the last step back, or give the case up."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.http import Request
from workspace.elections.actions import ending
from workspace.elections.forms.meeting import ReasonForm
from workspace.elections.queries.visibility import election_to_handle
from workspace.elections.views.stepping import stepping

_STEPS = {
    "posts": gettext_lazy("委员分工"),
    "left_open": gettext_lazy("缺额暂不补选的决定"),
    "round": gettext_lazy("最近一轮计票结果"),
    "meeting": gettext_lazy("党员大会的登记，名单重新开放"),
}


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: Request, pk: int) -> HttpResponse:
    found = election_to_handle(request.user, pk)
    form = ReasonForm(request.POST or None)

    def act(said: ReasonForm) -> str:
        gone = ending.undo_last(found, reason=said.cleaned_data["reason"], by=request.user)
        return _("已撤回：{what}。").format(what=_STEPS[gone])

    last = ending.last_step(found)
    if request.method == "GET" and found.is_running and not last:
        raise ending.NothingToUndo
    note = _("将撤回：{what}。原来的登记仍留在经过和审计记录中。").format(what=_STEPS.get(last, ""))
    return stepping(request, found, form, act, {"title": _("撤回上一步"), "submit": _("撤回"), "note": note})


@login_required
@require_http_methods(["GET", "POST"])
def cancellation(request: Request, pk: int) -> HttpResponse:
    found = election_to_handle(request.user, pk)
    form = ReasonForm(request.POST or None)

    def act(said: ReasonForm) -> str:
        ending.cancel(found, reason=said.cleaned_data["reason"], by=request.user, on=today())
        return _("已取消这次换届。")

    note = _("取消之后可以重新开始；现任职务不变，已经登记的内容仍可查看。")
    return stepping(request, found, form, act, {"title": _("取消换届"), "submit": _("取消这次换届"), "note": note})
