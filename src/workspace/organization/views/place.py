"""Move a unit under another one, or within its siblings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shared.http import Request
from workspace.organization import actions, queries
from workspace.organization.forms import PlaceForm
from workspace.organization.views.crumbs import crumb, trail
from workspace.organization.views.trying import ABOUT_THE_DAY, answer_status, attempt
from workspace.organization.visibility import unit_for


@login_required
@require_http_methods(["GET", "POST"])
def place(request: Request, pk: int) -> HttpResponse:
    """Choose the unit above."""
    unit = unit_for(request.user, pk, to="unit.change")
    targets = queries.move_targets(unit, request.user)
    form = PlaceForm(request.POST or None, targets=targets, initial={"seen": unit.updated_at})
    if request.method == "POST" and form.is_valid():
        to, seen = form.cleaned_data["parent"], form.cleaned_data["seen"]
        if attempt(
            form,
            lambda: actions.move(unit, to=to, by=request.user, seen=seen, on=form.day(), basis=form.basis()),
            about=ABOUT_THE_DAY,
        ):
            messages.success(request, _("{unit}已划归{parent}。").format(unit=unit, parent=to))
            return redirect("organization:unit", unit.pk)
    context = {
        "form": form,
        "unit": unit,
        "parent": queries.parent_of(unit),
        "has_targets": targets.exists(),
        "crumbs": [*trail(unit, request.user), crumb(unit)],
    }
    return render(request, "organization/place.html", context, status=answer_status(form))


@login_required
@require_POST
def order(request: Request, pk: int) -> HttpResponse:
    """One place up or down among the siblings: `direction` is up or down."""
    unit = unit_for(request.user, pk, to="unit.change")
    actions.shift(unit, up=request.POST.get("direction") != "down", by=request.user)
    messages.success(request, _("已调整{unit}的顺序。").format(unit=unit))
    return redirect("organization:unit", queries.parent_of(unit).pk)  # type: ignore[union-attr]  # the root has no siblings
