"""The yearly plan against what was done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.clock import today
from shared.exports import list_response
from shared.http import Request
from shared.refusals import NotAllowed, Refusal
from workspace.access.queries import may, units_where
from workspace.development.actions import quotas as actions
from workspace.development.forms.cases import QuotaForm
from workspace.development.models import Quota
from workspace.development.queries.quotas import FIRST_YEAR, plan_of_year, year_of
from workspace.development.queries.visibility import PLAN, VIEW


@login_required
@require_safe
def plans(request: Request) -> HttpResponse:
    """Every unit in reach: plan, admitted, on the way. `?year=2026&form=xlsx`."""
    if not may(request.user, VIEW):
        raise PermissionDenied
    year = _year(request)
    lines = plan_of_year(request.user, year)
    if request.GET.get("form"):
        header = [_("党组织"), _("计划"), _("已发展"), _("临近发展"), _("剩余")]
        rows = [[x.unit.name, x.quota.admissions if x.quota else None, x.admitted, x.near, x.left] for x in lines]
        return list_response(request.GET["form"], f"development-plan-{year}", header, rows)
    plans_somewhere = may(request.user, PLAN)
    context = {
        "lines": [(line, plans_somewhere and actions.may_set(request.user, line.unit)) for line in lines],
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year <= today().year else None,
    }
    return render(request, "development/plans.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """Set one unit's plan of a year."""
    unit = units_where(request.user, VIEW).filter(pk=pk).first()
    if unit is None:
        raise Http404
    if not actions.may_set(request.user, unit):
        raise actions.MayNotPlan(unit=unit)
    year = _year(request)
    known = Quota.objects.filter(unit=unit, year=year).first()
    start = {"admissions": known.admissions, "basis": known.basis} if known else {}
    form = QuotaForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_quota(unit, year, admissions=said["admissions"], basis=said["basis"], by=request.user)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error("admissions", str(refusal))
        else:
            messages.success(request, _("{unit} {year} 年的发展计划已保存。").format(unit=unit, year=year))
            return redirect(f"{reverse('development:plans')}?year={year}")
    context = {"form": form, "unit": unit, "year": year}
    return render(request, "development/plan.html", context, status=422 if form.errors else 200)


def _year(request: Request) -> int:
    return year_of(request.GET.get("year", ""), on=today())
