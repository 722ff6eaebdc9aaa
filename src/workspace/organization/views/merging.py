"""Merge units into one: choose, see what it does, confirm."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.http import Request
from workspace.organization import actions
from workspace.organization.forms.merging import MergingForm
from workspace.organization.models import Unit
from workspace.organization.queries import effects
from workspace.organization.queries.candidates import mergeable
from workspace.organization.views.crumbs import crumb, trail
from workspace.organization.views.trying import ABOUT_THE_DAY, answer_status, attempt
from workspace.organization.visibility import unit_for


@login_required
@require_http_methods(["GET", "POST"])
def merging(request: Request, pk: int) -> HttpResponse:
    """Into this unit. `?all=1` offers units from everywhere, not only siblings."""
    into = unit_for(request.user, pk, to="unit.change")
    everywhere = request.GET.get("all") == "1"
    candidates = mergeable(into, request.user, everywhere=everywhere)
    form = MergingForm(request.POST or None, candidates=candidates)
    found = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "merge" and _merged(form, into, request):
            return redirect("organization:unit", into.pk)
        units = list(form.cleaned_data["units"])
        found = effects.of_merging(units, into, on=form.day() or today(), name=form.cleaned_data.get("name", ""))
        form.look_again([Unit.objects.get(pk=into.pk), *Unit.objects.filter(pk__in=[unit.pk for unit in units])])
    context = {
        "form": form,
        "unit": into,
        "effects": found,
        "everywhere": everywhere,
        "has_candidates": candidates.exists(),
        "crumbs": [*trail(into, request.user), crumb(into)],
    }
    return render(request, "organization/merging.html", context, status=answer_status(form))


def _merged(form: MergingForm, into: Unit, request: Request) -> bool:
    given = form.cleaned_data
    done = attempt(
        form,
        lambda: actions.merge(
            list(given["units"]),
            into=into,
            on=form.day() or today(),
            by=request.user,
            basis=form.basis(),
            name=given["name"],
            seen=given["looked_at"],
        ),
        about={**ABOUT_THE_DAY, actions.NameTaken: "name"},
        is_of_one=False,
    )
    if done:
        messages.success(request, _("已合并到{unit}。").format(unit=done))
    return bool(done)
