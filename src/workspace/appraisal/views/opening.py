"""Open an appraisal, and change what is planned."""

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
from workspace.appraisal.actions import opening
from workspace.appraisal.forms.plan import OpenForm, PlanForm
from workspace.appraisal.queries.lists import year_of
from workspace.appraisal.queries.visibility import appraisal_to_handle, unit_to_handle, units_handled_by
from workspace.appraisal.views.stepping import stepping


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """`?unit=&year=`; without a unit, those one may choose."""
    units = units_handled_by(request.user)
    if not units.exists():
        raise PermissionDenied
    asked = request.GET.get("unit", "")
    only = units.filter(is_sample=False)[:2]
    if not asked.isdecimal() and len(only) == 1:
        asked = str(only[0].pk)
    if not asked.isdecimal() or len(asked) > 9:
        return render(request, "appraisal/choose.html", {"units": units.filter(is_sample=False)})
    unit = unit_to_handle(request.user, int(asked))
    on = today()
    form = OpenForm(request.POST or None, initial=_proposed(request.GET.get("year", ""), on))
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        try:
            made = opening.open_appraisal(unit, year, form.plan(), by=request.user, on=on)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已开始{unit}{year}年度民主评议，请党员写自评。").format(unit=unit, year=year))
            return redirect("appraisal:appraisal", made.pk)
    context = {"form": form, "unit": unit, "rule": rules.rulebook().get("branch.appraisal")}
    return render(request, "appraisal/new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """The cut-off day and the day of the meeting, before the meeting."""
    found = appraisal_to_handle(request.user, pk)
    form = PlanForm(request.POST or None, appraisal=found)

    def act(said: PlanForm) -> str:
        changed = opening.change_plan(found, said.plan(), by=request.user, on=today(), seen=said.seen)
        return _("已保存。") if changed else _("没有需要保存的修改。")

    note = _("改了统计截止日，名单会按那一天重新确定；人工调整过的保留。")
    return stepping(request, found, form, act, {"title": _("修改安排"), "submit": _("保存"), "note": note})


def _proposed(asked: str, on: date) -> dict[str, Any]:
    """Today's register; of last year the last day, where the year asked is over."""
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else year_of(on)
    return {"year": year, "cutoff_on": min(on, date(year, 12, 31)), "planned_on": on}
