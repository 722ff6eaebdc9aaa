"""One person's own development: for the member and the secretary."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.http import Request
from workspace.activities.queries.visibility import member_of
from workspace.indicators import actions, queries, spans
from workspace.indicators.forms import ContestForm
from workspace.indicators.person import Person, person
from workspace.indicators.reach import Reach
from workspace.members.models import Member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: Request) -> HttpResponse:
    """The reader's own; posting asks the branch about a figure. Who is no member is told so on 我的资料."""
    member = member_of(request.user)
    if member is None:
        return redirect("members:me")
    found = _person(request, member)
    form = ContestForm(
        request.POST or None, items=[(number.key, number.label) for number in (found.hours, *found.numbers)]
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = actions.contest(
            dashboard="development",
            item=given["item"],
            period=found.reach.span.code,
            text=given["text"],
            unit=member.unit,
            by=request.user,
        )
        messages.success(request, _("疑问已送到{unit}的书记，答复会发到您的消息。").format(unit=member.unit))
        return redirect("indicators:contest", asked.pk)
    context = {"person": found, "form": form, "own": True}
    return render(request, "indicators/person.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD"])
def of_member(request: Request, pk: int) -> HttpResponse:
    """A member's, for the secretary of their unit."""
    found = _person(request, queries.get_member(pk, user=request.user))
    return render(request, "indicators/person.html", {"person": found, "own": False})


def _person(request: Request, member: Member) -> Person:
    on = today()
    span = spans.of_code(request.GET.get("period", "")[:4], on=on)
    return person(member, span=span, reach=Reach(member.unit, span, on))
