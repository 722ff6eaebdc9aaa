"""Open an election, and change what is planned."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import rules
from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.elections.actions import opening
from workspace.elections.forms.plan import OpenForm, PlanForm
from workspace.elections.models import Election
from workspace.elections.models.papers import About
from workspace.elections.queries.lists import of_unit
from workspace.elections.queries.visibility import election_to_handle, unit_to_handle, units_handled_by
from workspace.elections.views.stepping import stepping
from workspace.members.queries.appointments import electable
from workspace.organization.models import Unit
from workspace.organization.terms import term_of


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """`?unit=`; without it, the units one may choose. `&postpone=1` goes on to ask for a later day."""
    units = units_handled_by(request.user)
    if not units.exists():
        raise PermissionDenied
    asked = request.GET.get("unit", "")
    only = units.filter(is_sample=False)[:2]
    if not asked.isdecimal() and len(only) == 1:
        asked = str(only[0].pk)
    if not asked.isdecimal() or len(asked) > 9:
        return render(request, "elections/choose.html", {"units": units.filter(is_sample=False)})
    unit = unit_to_handle(request.user, int(asked))
    if running := of_unit(unit).running().first():
        return _onward(request, running)
    on = today()
    form = OpenForm(request.POST or None, initial=_proposed(unit, on))
    if request.method == "POST" and form.is_valid():
        try:
            made = opening.open_election(unit, form.plan(), by=request.user, on=on)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已开始办理{unit}的换届。").format(unit=unit))
            return _onward(request, made)
    term = term_of(unit)
    context = {
        "form": form,
        "unit": unit,
        "term": term,
        "is_over": bool(term and term.is_over(on)),
        "full_members": electable(unit).count(),
        "postpone": request.GET.get("postpone"),
    }
    return render(request, "elections/new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """Kind, seats and day; after the approval of the request the day alone."""
    found = election_to_handle(request.user, pk)
    form = PlanForm(request.POST or None, election=found)

    def act(said: PlanForm) -> str:
        changed = opening.change_plan(found, said.plan(), by=request.user, seen=said.seen)
        return _("已保存。") if changed else _("没有需要保存的修改。")

    note = _("换届请示已经批复，只能修改计划日期和事由。") if found.is_approved(About.REQUEST) else ""
    return stepping(request, found, form, act, {"title": _("修改安排"), "submit": _("保存"), "note": note})


def _onward(request: Request, found: Election) -> HttpResponse:
    if request.GET.get("postpone"):
        return redirect("elections:asking", found.pk, About.POSTPONEMENT.value)
    return redirect("elections:election", found.pk)


def _proposed(unit: Unit, on: date) -> dict[str, Any]:
    """A committee of five, or a secretary alone in a small branch; on the day the term ends, if it is to come."""
    limit = rules.rulebook().get("branch.committee_required").integer("minimum_full_members")
    small = unit.is_branch and electable(unit).count() < limit
    term = term_of(unit)
    values: dict[str, Any] = {"planned_on": max(on, term.ends) if term else on}
    values["reason"] = _("本届任期于 {day} 届满。").format(day=term.ends) if term else ""
    if small:
        return values | {"kind": Election.Kind.SECRETARY.value}
    return values | {"kind": Election.Kind.COMMITTEE.value, "seats": 5, "deputies": 1}
