"""One unit: its page, and correcting what is written down about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.http import Request
from shared.refusals import Refusal
from workspace.organization import actions, panels, queries
from workspace.organization.facts import shown
from workspace.organization.forms import FactsForm
from workspace.organization.views.children import below
from workspace.organization.views.crumbs import crumb, trail
from workspace.organization.views.trying import ABOUT_THE_DAY, answer_status, attempt
from workspace.organization.visibility import unit_for, units_where

ABOUT: dict[type[Refusal], str] = {
    actions.NameTaken: "name",
    actions.CodeTaken: "code",
    actions.CannotHold: "type",
    actions.CannotTurnInto: "type",
    actions.BeganTooLate: "established_on",
    **ABOUT_THE_DAY,
}


@login_required
@require_safe
def unit_page(request: Request, pk: int) -> HttpResponse:
    """Facts, what stands below, the panels of other apps, and the history."""
    unit = unit_for(request.user, pk)
    context = {
        "unit": unit,
        "crumbs": trail(unit, request.user),
        "below": below(unit, request.user),
        "panels": panels.filled(unit, request.user),
        "history": queries.history(unit),
        "situation": shown("situation", unit.situation),
        "region": shown("region", unit.region),
        "may_change": units_where(request.user, "unit.change").filter(pk=unit.pk).exists(),
        "may_hold": bool(queries.types_below(unit)),
    }
    return render(request, "organization/unit.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """Set up a unit under this one."""
    parent = unit_for(request.user, pk, to="unit.change")
    form = FactsForm(request.POST or None, parent=parent)
    if request.method == "POST" and form.is_valid():
        unit = attempt(
            form, lambda: actions.create(parent, form.facts(), by=request.user, basis=form.basis()), about=ABOUT
        )
        if unit:
            messages.success(request, _("已设立{unit}。").format(unit=unit))
            return redirect("organization:unit", unit.pk)
    context = {"form": form, "parent": parent, "crumbs": [*trail(parent, request.user), crumb(parent)]}
    return render(request, "organization/new.html", context, status=answer_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct or rename a unit; two editors at once are told of each other."""
    unit = unit_for(request.user, pk, to="unit.change")
    form = FactsForm(request.POST or None, parent=queries.parent_of(unit), unit=unit)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        dated = {"on": form.day(), "basis": form.basis(), "corrects": given["corrects"]}
        if attempt(
            form,
            lambda: actions.change(unit, form.facts(), by=request.user, seen=given["seen"], **dated),
            about=ABOUT,
        ):
            messages.success(request, _("已保存。"))
            return redirect("organization:unit", unit.pk)
    context = {"form": form, "unit": unit, "crumbs": [*trail(unit, request.user), crumb(unit)]}
    return render(request, "organization/edit.html", context, status=answer_status(form))
