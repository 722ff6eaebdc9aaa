"""Grades settled on, made known, written onto the timelines."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import rules
from shared.clock import today
from shared.http import Request
from workspace.appraisal.actions import ending, grading
from workspace.appraisal.actions.locking import NotYet
from workspace.appraisal.forms.small import DayForm
from workspace.appraisal.forms.verdicts import VerdictForm
from workspace.appraisal.models.verdicts import Decider
from workspace.appraisal.queries.progress import cap_of
from workspace.appraisal.queries.visibility import appraisal_to_handle
from workspace.appraisal.views.stepping import stepping


@login_required
@require_http_methods(["GET", "POST"])
def verdicts(request: Request, pk: int) -> HttpResponse:
    """The grade of everybody, on one sheet."""
    found = appraisal_to_handle(request.user, pk)
    if request.method == "GET" and found.is_running and not found.ballot:
        raise NotYet(before=_("先登记测评结果。"))
    first = {"decided_by": Decider.COMMITTEE.value, "on": today()}
    form = VerdictForm(request.POST or None, appraisal=found, initial=first)

    def act(said: VerdictForm) -> str:
        grading.grade(found, said.settled(), by=request.user, today=today(), seen=said.seen)
        return _("等次已保存，公布前还可以修改。")

    book = rules.rulebook()
    words = {
        "title": _("评定等次"),
        "submit": _("保存"),
        "cap": cap_of(found),
        "counted": found.counted,
        "rules": [book.version(found.rule_key), book.get("appraisal.no_scores")],
    }
    return stepping(request, found, form, act, words, template="appraisal/verdicts.html")


@login_required
@require_http_methods(["GET", "POST"])
def announcement(request: Request, pk: int) -> HttpResponse:
    found = appraisal_to_handle(request.user, pk)
    form = DayForm(request.POST or None, appraisal=found, initial={"on": today()})

    def act(said: DayForm) -> str:
        grading.announce(found, on=said.cleaned_data["on"], by=request.user, today=today(), seen=said.seen)
        return _("已公布，已通知党员查看。")

    note = _("公布之后，每名党员能看到自己的等次和同志们写的意见，看不到别人的。")
    return stepping(request, found, form, act, {"title": _("公布结果"), "submit": _("公布"), "note": note})


@login_required
@require_POST
def closing(request: Request, pk: int) -> HttpResponse:
    """A line on the timeline of everybody who took part."""
    found = appraisal_to_handle(request.user, pk)
    gone = ending.close(found, by=request.user, on=today())
    if gone:
        messages.warning(request, _("已归档。{names}已离开名册，没有写入时间线。").format(names="、".join(gone)))
    else:
        messages.success(request, _("已归档，等次已写入每名党员的时间线。"))
    return redirect("appraisal:appraisal", found.pk)
