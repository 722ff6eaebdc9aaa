"""Close a unit and undo it; clear the sample."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shared.clock import today
from shared.confirmation import ask
from shared.http import Request
from workspace.organization import actions, handovers
from workspace.organization.forms import ClosingForm
from workspace.organization.views.crumbs import crumb, trail
from workspace.organization.views.trying import ABOUT_THE_DAY, answer_status, attempt
from workspace.organization.visibility import unit_for


@login_required
@require_http_methods(["GET", "POST"])
def closing(request: Request, pk: int) -> HttpResponse:
    """Say when and why the unit ends."""
    unit = unit_for(request.user, pk, to="unit.change")
    initial = {"on": today(), "seen": unit.updated_at}
    form = ClosingForm(request.POST or None, established_on=unit.established_on, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(
            form,
            lambda: actions.close(
                unit,
                on=given["on"],
                reason=given["reason"],
                by=request.user,
                seen=given["seen"],
                basis=form.basis(),
            ),
            about=ABOUT_THE_DAY,
        ):
            messages.success(request, _("{unit}已撤销。历史记录保留，可以在本页恢复。").format(unit=unit))
            return redirect("organization:unit", unit.pk)
    context = {
        "form": form,
        "unit": unit,
        "held": handovers.counted([unit]),
        "crumbs": [*trail(unit, request.user), crumb(unit)],
    }
    return render(request, "organization/closing.html", context, status=answer_status(form))


@login_required
@require_POST
def reopening(request: Request, pk: int) -> HttpResponse:
    """Undo a closing."""
    unit = unit_for(request.user, pk, to="unit.change")
    actions.reopen(unit, by=request.user)
    messages.success(request, _("{unit}已恢复。").format(unit=unit))
    return redirect("organization:unit", unit.pk)


@login_required
@require_POST
def clearing(request: Request, pk: int) -> HttpResponse:
    """Clear a sample with everything in it, after asking."""
    unit = unit_for(request.user, pk, to="unit.change")
    back = reverse("organization:unit", args=[unit.pk])
    message = _("{unit}和里面的示例党员、活动会一起删除，不能恢复。您自己的数据不受影响。").format(unit=unit)
    if question := ask(request, title=_("清除示例数据"), message=message, back=back, label=_("清除")):
        return question
    actions.clear_sample(unit, by=request.user)
    messages.success(request, _("示例数据已清除。"))
    return redirect("organization:tree")
