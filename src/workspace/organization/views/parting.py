"""Split a unit or turn it into another kind: name the new ones, say who goes where, see what it does, confirm."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.organization import actions, nesting, queries, residents
from workspace.organization.actions import Part
from workspace.organization.forms.parting import ConvertingForm, PartingForm, SplittingForm
from workspace.organization.models import Unit
from workspace.organization.queries import effects
from workspace.organization.views.crumbs import crumb, trail
from workspace.organization.views.trying import ABOUT_THE_DAY, answer_status, attempt
from workspace.organization.visibility import unit_for

_ABOUT: dict[type[Refusal], str] = {**ABOUT_THE_DAY, actions.NameTaken: "names", actions.NoParts: "names"}


@login_required
@require_http_methods(["GET", "POST"])
def splitting(request: Request, pk: int) -> HttpResponse:
    """New units beside this one."""
    unit = unit_for(request.user, pk, to="unit.change")
    parent = queries.parent_of(unit)
    form = SplittingForm(request.POST or None, initial={"seen": unit.updated_at})

    def done(parts: list[Part]) -> bool:
        given = form.cleaned_data
        dated = {"on": form.day() or today(), "basis": form.basis(), "seen": given["seen"]}
        made = actions.split(unit, parts, by=request.user, ends=given["ends"], **dated)
        messages.success(request, _("已从{unit}分设 {number} 个组织。").format(unit=unit, number=len(made)))
        return True

    def shown(parts: list[Part]) -> effects.Effects:
        return effects.of_parting(unit, parts, on=form.day() or today(), ends=form.cleaned_data["ends"])

    kinds = [kind.value for kind in nesting.allowed_under(parent)] if parent else []
    titles = {"title": _("分设{unit}"), "confirm": _("确认分设")}
    return _page(request, unit, form, kinds, done, shown, titles)


@login_required
@require_http_methods(["GET", "POST"])
def converting(request: Request, pk: int) -> HttpResponse:
    """The same unit as another kind; new units below it take over its people."""
    unit = unit_for(request.user, pk, to="unit.change")
    form = ConvertingForm(
        request.POST or None, unit=unit, parent=queries.parent_of(unit), initial={"seen": unit.updated_at}
    )

    kind = request.POST.get("kind", "")

    def done(parts: list[Part]) -> bool:
        given = form.cleaned_data
        dated = {"on": form.day() or today(), "basis": form.basis(), "seen": given["seen"]}
        made = actions.convert(unit, given["kind"], by=request.user, name=given["name"], parts=parts, **dated)
        messages.success(request, _("{unit}已改设为{kind}。").format(unit=made, kind=made.get_type_display()))
        return True

    def shown(parts: list[Part]) -> effects.Effects:
        return effects.of_parting(unit, parts, on=form.day() or today(), kind=kind)

    kinds = [each.value for each in nesting.UNDER.get(kind, ())]
    titles = {"title": _("升格或改设{unit}"), "confirm": _("确认改设")}
    return _page(request, unit, form, _branches_first(kinds), done, shown, titles)


def _page(
    request: Request,
    unit: Unit,
    form: PartingForm,
    kinds: list[str],
    done: Callable[[list[Part]], bool],
    shown: Callable[[list[Part]], effects.Effects],
    titles: dict[str, str],
) -> HttpResponse:
    people = residents.shown_to(request.user, unit)
    below = list(Unit.objects.children_of(unit).open())
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["names"] if kinds else []
        parts = form.parts(kinds, [one.pk for one in people], [each.pk for each in below]) if names else []
        act = request.POST.get("act")
        if act == "confirm" and attempt(form, lambda: done(parts), about=_about(form)):
            return redirect("organization:unit", unit.pk)
        context["choices"] = [(str(number), name) for number, name in enumerate(names, start=1)]
        if act in {"preview", "confirm"} or not (names and (people or below)):
            context["effects"] = shown(parts)
    context |= {
        "form": form,
        "unit": unit,
        "title": titles["title"].format(unit=unit),
        "confirm": titles["confirm"],
        "people": [(one, request.POST.get(f"p{one.pk}", "")) for one in people],
        "below": [(each, request.POST.get(f"u{each.pk}", "")) for each in below],
        "rest": request.POST.get("rest", ""),
        "crumbs": [*trail(unit, request.user), crumb(unit)],
    }
    return render(request, "organization/parting.html", context, status=answer_status(form))


def _about(form: PartingForm) -> dict[type[Refusal], str]:
    more = {actions.CannotHold: "kind", actions.CannotTurnInto: "kind"} if "kind" in form.fields else {}
    return {**_ABOUT, **more}


def _branches_first(kinds: list[str]) -> list[str]:
    return sorted(kinds, key=lambda kind: kind not in Unit.BRANCHES)
