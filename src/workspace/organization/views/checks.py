"""The page of structure checks, and putting one off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import rules
from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.organization.actions import snoozing
from workspace.organization.forms.snoozing import SnoozeForm
from workspace.organization.queries import checks as queries
from workspace.organization.views.trying import answer_status, attempt
from workspace.organization.visibility import unit_for, units_where


@login_required
@require_safe
def checks(request: Request) -> HttpResponse:
    """Everything found, by unit; `?snoozed=1` shows what is put off as well."""
    if not units_where(request.user, "unit.dashboard").exists():
        raise Http404
    found = queries.checked(request.user, on=today())
    awake = [one for one in found if one.snooze is None]
    all_shown = request.GET.get("snoozed") == "1"
    context = {
        "groups": queries.by_unit(found if all_shown else awake),
        "number": len(awake),
        "asleep": len(found) - len(awake),
        "all_shown": all_shown,
        "may_change": {*units_where(request.user, "unit.change").values_list("pk", flat=True)},
        "crumbs": [(_("组织"), reverse("organization:tree"))],
    }
    return render(request, "organization/checks.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def snooze(request: Request, pk: int, code: str) -> HttpResponse:
    """Say until when and why; `act=wake` takes it back."""
    unit = unit_for(request.user, pk, to="unit.change")
    if not snoozing.is_check(code):
        raise Http404
    if request.POST.get("act") == "wake":
        snoozing.wake(unit, code, by=request.user)
        return redirect("organization:checks")
    form = SnoozeForm(request.POST or None, initial={"until": rules.add_months(today(), 3)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        about: dict[type[Refusal], str] = {snoozing.SnoozeOutOfBounds: "until"}
        attempt(form, lambda: snoozing.snooze(unit, code, by=request.user, **given), about=about)
        if not form.errors:
            messages.success(request, _("到 {until} 之前不再提醒。").format(until=given["until"]))
            return redirect("organization:checks")
    context = {
        "form": form,
        "unit": unit,
        "rule": rules.get(code),
        "crumbs": [(_("组织"), reverse("organization:tree")), (_("结构检查"), reverse("organization:checks"))],
    }
    return render(request, "organization/snooze.html", context, status=answer_status(form))
