"""Set up many units from a pasted list: rehearsed first, then done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.http import Request
from workspace.organization import pasting
from workspace.organization.actions.listing import Verdict, rehearse, set_up_listed
from workspace.organization.forms.listing import ListingForm
from workspace.organization.views.crumbs import crumb, trail
from workspace.organization.views.trying import answer_status
from workspace.organization.visibility import unit_for, units_where


@login_required
@require_http_methods(["GET", "POST"])
def listing(request: Request, pk: int) -> HttpResponse:
    """Under this unit, unless a line names another one above it."""
    under = unit_for(request.user, pk, to="unit.change")
    reach = units_where(request.user, "unit.change")
    form = ListingForm(request.POST or None)
    outcomes = []
    if request.method == "POST" and form.is_valid():
        lines = pasting.read(form.cleaned_data["text"])
        if request.POST.get("act") == "set_up":
            done = set_up_listed(lines, under=under, reach=reach, by=request.user)
            made = sum(outcome.verdict is Verdict.NEW for outcome in done)
            messages.success(request, _("已设立 {number} 个组织。").format(number=made))
            return redirect("organization:tree")
        outcomes = rehearse(lines, under=under, reach=reach, by=request.user)
        if not outcomes:
            form.add_error("text", _("没有读到组织名称。"))
    context = {
        "form": form,
        "unit": under,
        "crumbs": [*trail(under, request.user), crumb(under)],
        "outcomes": outcomes,
        "new": sum(outcome.verdict is Verdict.NEW for outcome in outcomes),
    }
    return render(request, "organization/listing.html", context, status=answer_status(form))
