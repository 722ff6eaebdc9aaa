"""Enter a letter from outside: typed, looked up, shown, then written."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.transfers.actions import arriving
from workspace.transfers.forms.arrival import ArrivalForm
from workspace.transfers.forms.fields import usual_days
from workspace.transfers.queries.visibility import ACCEPT, MayNotAccept


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """The first post is the dry run, the one with `looked` writes."""
    if not may(request.user, ACCEPT):
        raise MayNotAccept
    initial = {"valid_days": usual_days(), "category": "full", "destination": request.GET.get("unit")}
    form = ArrivalForm(request.POST or None, by=request.user, on=today(), initial=initial)
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        try:
            return _looked_up(request, form) if not form.cleaned_data["looked"] else _entered(request, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "transfers/arrival.html", {"form": form}, status=422 if form.errors else 200)


def _looked_up(request: Request, form: ArrivalForm) -> HttpResponse:
    arrival = form.arrival()
    known = arriving.look_up(arrival.newcomer, by=request.user)
    carried = [(name, value) for name, value in request.POST.items() if name in form.fields and name != "looked"]
    context = {"arrival": arrival, "known": known, "doubts": form.doubts, "carried": carried}
    return render(request, "transfers/arrival_check.html", context)


def _entered(request: Request, form: ArrivalForm) -> HttpResponse:
    row = arriving.enter(form.arrival(), by=request.user, on=today())
    messages.success(
        request, _("已登记{name}的介绍信，接收后编入「{unit}」。").format(name=row.person_name, unit=row.destination)
    )
    return redirect("transfers:transfer", row.pk)
