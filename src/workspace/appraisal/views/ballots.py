"""The meeting, the beginning of the ballot, and its count."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import rules
from shared.clock import today
from shared.http import Request
from workspace.appraisal.actions import balloting, meeting
from workspace.appraisal.actions.locking import NotYet
from workspace.appraisal.forms.ballots import CountForm
from workspace.appraisal.forms.small import BeginForm, DayForm
from workspace.appraisal.models.ballots import Way
from workspace.appraisal.queries.progress import without_review
from workspace.appraisal.queries.visibility import appraisal_to_handle
from workspace.appraisal.views.stepping import stepping


@login_required
@require_http_methods(["GET", "POST"])
def mutual(request: Request, pk: int) -> HttpResponse:
    """The meeting is held; members speak of each other."""
    found = appraisal_to_handle(request.user, pk)
    form = DayForm(request.POST or None, appraisal=found, initial={"on": today()})

    def act(said: DayForm) -> str:
        meeting.begin_mutual(found, on=said.cleaned_data["on"], by=request.user, today=today(), seen=said.seen)
        return _("互评已经开始。")

    names = "、".join(one.name for one in without_review(found))
    note = _("还没有交自评：{names}。可以会上口头说，或者补交。").format(names=names) if names else ""
    return stepping(request, found, form, act, {"title": _("开始互评"), "submit": _("开始互评"), "note": note})


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: Request, pk: int) -> HttpResponse:
    """On paper or by phone."""
    found = appraisal_to_handle(request.user, pk)
    form = BeginForm(request.POST or None, appraisal=found, initial={"on": today(), "way": Way.PAPER.value})

    def act(said: BeginForm) -> str:
        way = said.cleaned_data["way"]
        balloting.begin(found, way, on=said.cleaned_data["on"], by=request.user, today=today(), seen=said.seen)
        return _("测评已经开始，已通知党员投票。") if way == Way.PHONE else _("测评已经开始，请发放测评表。")

    note = _("开始之后，名单、自评和互评不能再改。")
    return stepping(request, found, form, act, {"title": _("开始测评"), "submit": _("开始测评"), "note": note})


@login_required
@require_http_methods(["GET", "POST"])
def count(request: Request, pk: int) -> HttpResponse:
    """The paper ballots as counted."""
    found = appraisal_to_handle(request.user, pk)
    box = found.voting
    if request.method == "GET" and found.is_running and (box is None or box.way != Way.PAPER):
        raise balloting.CountedByPhone if box else NotYet(before=_("先开始测评。"))
    voters = len(found.participants)
    first = {"on": box.on if box else today(), "issued": voters}
    form = CountForm(request.POST or None, appraisal=found, initial=first)

    def act(said: CountForm) -> str:
        balloting.count(found, said.counted(), by=request.user, today=today(), seen=said.seen)
        return _("测评结果已登记。")

    words = {
        "title": _("登记测评结果"),
        "submit": _("登记"),
        "voters": voters,
        "rule": rules.rulebook().get("education.appraisal_order"),
    }
    return stepping(request, found, form, act, words, template="appraisal/count.html")


@login_required
@require_POST
def ending(request: Request, pk: int) -> HttpResponse:
    """The ballot by phone is over and counted."""
    found = appraisal_to_handle(request.user, pk)
    made = balloting.close_votes(found, by=request.user, today=today())
    messages.success(request, _("测评结束，收到 {valid} 票。").format(valid=made.valid))
    return redirect("appraisal:appraisal", found.pk)
