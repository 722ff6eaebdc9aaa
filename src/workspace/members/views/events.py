"""Events of a member: record one, look at one, take one back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.clock import today
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members.actions.events import happen, void
from workspace.members.actions.events.offering import BY_HAND, offers
from workspace.members.actions.events.refusals import EventRefused
from workspace.members.forms.events import EventForm
from workspace.members.forms.small import ReasonForm
from workspace.members.models import Event
from workspace.members.queries.events import event_for, kept_from, said, seen_words
from workspace.members.queries.register import branches_to_fill
from workspace.members.queries.visibility import member_for


@login_required
@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened? What fits the member's standing comes as a link, the rest says why it does not fit."""
    found = member_for(_who(request), pk, to="member.change")
    groups = [
        (heading, [each for each in offered if not each.why_not], [each for each in offered if each.why_not])
        for heading, offered in offers(found, on=today(), hidden=kept_from(_who(request), found))
    ]
    return render(request, "members/events/choose.html", {"member": found, "groups": groups})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    user = _who(request)
    found = member_for(user, pk, to="member.change")
    if kind not in BY_HAND:
        raise Http404
    units = branches_to_fill(user, "member.change")
    form = EventForm(request.POST or None, kind=kind, member=found, units=units, initial={"on": today()})
    label = str(Event.Kind(kind).label)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            happen(
                found, kind, on=given["on"], basis=given["basis"], unit=given.get("unit"), details=form.details, by=user
            )
        except EventRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("已登记：{name}，{kind}。").format(name=found.name, kind=label))
            return redirect("members:member", found.pk)
    context = {"form": form, "member": found, "title": label, "submit": _("登记")}
    if kind in Event.SENSITIVE:
        context["note"] = _("敏感内容：本人都能看到；还有谁能看到，由您选择。")
    return render(request, "members/small.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def event(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    user = _who(request)
    found = member_for(user, pk)
    told = event_for(found, event, user=user)
    may_void = may(user, "member.change", found.unit) and told.is_standing and told.kind != Event.Kind.REGISTERED
    context = {"member": found, "event": told, "said": list(said(told)), "seen": seen_words(told), "may_void": may_void}
    return render(request, "members/events/event.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def voiding(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    user = _who(request)
    found = member_for(user, pk, to="member.change")
    told = event_for(found, event, user=user)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            void(told, by=user, reason=form.cleaned_data["reason"])
        except EventRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已撤销：{kind}。").format(kind=told.get_kind_display()))
            return redirect("members:member", found.pk)
    context = {
        "form": form,
        "member": found,
        "title": _("撤销“{kind}”").format(kind=told.get_kind_display()),
        "submit": _("撤销"),
        "note": _("撤销之后，{name}的现状按其余事件重新得出；这条记录连同撤销原因保留备查。").format(name=found.name),
    }
    return render(request, "members/small.html", context, status=422 if form.errors else 200)


def _who(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
