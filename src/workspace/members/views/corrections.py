"""Corrections: a member asks, sees how it stands and withdraws; the branch reads and decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import today
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members.actions import corrections as actions
from workspace.members.forms.corrections import CorrectionForm, DecisionForm
from workspace.members.models import Correction, Member
from workspace.members.queries import corrections as queries


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    rows = [(each, list(queries.wishes(each, whole=True))) for each in queries.own(_who(request))[:100]]
    return render(request, "members/corrections/mine.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    user = _who(request)
    member = Member.objects.select_related("unit").filter(user=user).first()
    if member is None:
        raise Http404
    initial = {"field": request.GET.get("field", "phone")}
    form = CorrectionForm(request.POST or None, member=member, on=today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(member, form.values, reason=form.cleaned_data["reason"], by=user)
        except Refusal as refusal:
            form.add_error("value", str(refusal))
        else:
            messages.success(request, _("已提交，{unit}处理后会通知您。").format(unit=member.unit))
            return redirect("members:me-corrections")
    return render(request, "members/corrections/ask.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, correction: int) -> HttpResponse:
    found = queries.correction_for(_who(request), correction, among=queries.own(_who(request)))
    actions.withdraw(found, by=_who(request))
    messages.success(request, _("已撤回。"))
    return redirect("members:me-corrections")


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """For those who decide: what waits, or everything with `?all=1`."""
    user = _who(request)
    if not may(user, queries.DECIDE):
        raise PermissionDenied
    found = queries.to_decide(user)
    shows_all = bool(request.GET.get("all"))
    if not shows_all:
        found = found.filter(state=Correction.State.WAITING)
    rows = [(each, list(queries.wishes(each))) for each in found[:200]]
    return render(request, "members/corrections/waiting.html", {"rows": rows, "shows_all": shows_all})


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, correction: int) -> HttpResponse:
    user = _who(request)
    found = queries.correction_for(user, correction, among=queries.to_decide(user))
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = actions.accept if request.POST.get("decision") == "accept" else actions.refuse
        try:
            verb(found, reason=form.cleaned_data["reason"], by=user)
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("已处理，并已通知{name}。").format(name=found.member.name))
            return redirect("members:corrections")
    context = {"correction": found, "wishes": actions.look(found, by=user), "form": form}
    return render(request, "members/corrections/decide.html", context, status=422 if form.errors else 200)


def _who(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
