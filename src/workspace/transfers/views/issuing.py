"""Issue letters, for one person or several."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.organization.models import Unit
from workspace.transfers.actions import issuing
from workspace.transfers.forms.fields import usual_days
from workspace.transfers.forms.issuing import IssueForm
from workspace.transfers.numbering import word_to_go_on_with
from workspace.transfers.queries.lists import head_to_go_on_with
from workspace.transfers.queries.visibility import ISSUE, MayNotIssue, branches_to_issue, transfer_for


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """`?unit=` shows the people of a branch as boxes; `?member=` chooses one; `?again=` repeats a closed letter."""
    if not may(request.user, ISSUE):
        raise MayNotIssue
    branches = branches_to_issue(request.user)
    unit = _chosen(request, branches)
    form = IssueForm(request.POST or None, by=request.user, unit=unit, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            rows = issuing.issue(list(form.cleaned_data["people"]), form.order(), by=request.user, on=today())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _issued(request, rows)
    several = list(branches[:2])
    context = {"form": form, "unit": unit, "branches": branches if len(several) > 1 else [], "only": several[:1]}
    return render(request, "transfers/new.html", context, status=422 if form.errors else 200)


def _issued(request: Request, rows: list[Any]) -> HttpResponse:
    if len(rows) == 1:
        messages.success(request, _("已开具 {number}。").format(number=rows[0].number))
        return redirect("transfers:transfer", rows[0].pk)
    messages.success(request, _("已开具 {count} 封介绍信，可以一次打印。").format(count=len(rows)))
    keys = ",".join(str(row.pk) for row in rows)
    return redirect(f"{reverse('transfers:index')}?letters={keys}")


def _chosen(request: Request, branches: Any) -> Unit | None:
    key = request.GET.get("unit", "")
    return branches.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None


def _initial(request: Request) -> dict[str, Any]:
    member, again = request.GET.get("member", ""), request.GET.get("again", "")
    initial: dict[str, Any] = {
        "people": [int(member)] if member.isdecimal() and len(member) < 10 else [],
        "kind": "within",
        "issued_on": today(),
        "valid_days": usual_days(),
        "word": word_to_go_on_with(),
        **head_to_go_on_with(request.user),
    }
    if again.isdecimal() and len(again) < 10:
        old = transfer_for(request.user, int(again))
        names = ("kind", "destination", "destination_name", "reason", "paid_until", "valid_days")
        initial |= {name: getattr(old, name) for name in names} | old.letterhead | {"people": [old.member_id]}
    return initial
