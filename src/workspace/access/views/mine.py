"""`/access/mine/`: what I may do, and who stands in for whom."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shared.clock import today
from shared.confirmation import ask
from shared.http import Request
from shared.permissions import groups
from shared.refusals import Refusal
from workspace.access.actions import delegations as actions
from workspace.access.forms.delegations import DelegationForm
from workspace.access.queries import delegations as queries
from workspace.access.queries import verbs_of


@login_required
@require_GET
def mine(request: Request) -> HttpResponse:
    verbs = verbs_of(request.user)
    may_do = [(g.label, [one for one in g.permissions if one.verb in verbs]) for g in groups()]
    lent = queries.delegations_of(request.user)
    page = {
        "held": queries.held_by(request.user),
        "given": [one for one in lent if one.user_id != request.user.pk],
        "received": [one for one in lent if one.user_id == request.user.pk],
        "may_lend": queries.lendable(request.user).exists(),
        "may_do": [(label, found) for label, found in may_do if found],
        "today": today(),
    }
    return render(request, "access/mine.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def new_delegation(request: Request) -> HttpResponse:
    if not queries.lendable(request.user).exists():
        raise actions.NotYoursToLend
    form = DelegationForm(request.POST or None, by=request.user)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            made = actions.delegate(
                asked["held"],
                to=asked["to"],
                since=asked["since"],
                until=asked["until"],
                reason=asked["reason"],
                only=asked["only"],
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已请%(name)s代理。") % {"name": made.user})
            return redirect("access:mine")
    return render(request, "access/delegation.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def end_delegation(request: Request, pk: int) -> HttpResponse:
    lent = queries.delegation(pk, visible_to=request.user)
    words = _("结束后，%(name)s立即不能再代理。") % {"name": lent.user.name}
    if question := ask(
        request, title=_("提前结束代理"), message=words, back=reverse("access:mine"), label=_("结束代理")
    ):
        return question
    actions.end(lent, by=request.user)
    messages.success(request, _("代理已结束。"))
    return redirect("access:mine")
