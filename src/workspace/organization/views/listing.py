"""Set up and change many units from a list: rehearsed first, then done, and taken back if need be."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.http import Request
from shared.refusals import Refusal
from workspace.organization.actions.listing import Outcome, Verdict, digest, rehearse, set_up_listed
from workspace.organization.actions.unlisting import Done, take_back
from workspace.organization.forms.listing import ListingForm
from workspace.organization.listed import Listed, workbooks
from workspace.organization.models import Unit
from workspace.organization.sheets import CONTENT_TYPES
from workspace.organization.standing import Basis
from workspace.organization.views.crumbs import crumb, trail
from workspace.organization.views.trying import answer_status
from workspace.organization.visibility import unit_for, units_where

_LAST = "organization.listing"  # in the session: what the last list did, to be taken back


@login_required
@require_http_methods(["GET", "POST"])
def listing(request: Request, pk: int) -> HttpResponse:
    """Under this unit, unless a line names another one above it."""
    under = unit_for(request.user, pk, to="unit.change")
    form = ListingForm(request.POST or None, request.FILES or None)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        listed: Listed = form.cleaned_data["listed"]
        if request.POST.get("act") == "set_up" and (answer := _set_up(request, form, listed, under)):
            return answer
        outcomes = rehearse(listed.lines, under=under, reach=units_where(request.user, "unit.change"), by=request.user)
        if request.POST.get("act") == "return":
            return _returned(outcomes)
        form.keep_lines()
    return _page(request, form, under, outcomes)


def _set_up(request: Request, form: ListingForm, listed: Listed, under: Unit) -> HttpResponse | None:
    """None where it is not done, and the form says why."""
    reach, basis = units_where(request.user, "unit.change"), Basis(note=_("导入组织名单"))
    try:
        done = set_up_listed(
            listed.lines, under=under, reach=reach, by=request.user, basis=basis, shown=request.POST.get("shown", "")
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    made, changed = (sum(each.verdict == verdict for each in done) for verdict in (Verdict.NEW, Verdict.CHANGED))
    messages.success(request, _("已设立 {made} 个组织，修改 {changed} 个。").format(made=made, changed=changed))
    record = Done.of(done)
    request.session[_LAST] = {"new": record.new, "changed": record.changed}
    return redirect("organization:listing", under.pk)


def _page(request: Request, form: ListingForm, under: Unit, outcomes: list[Outcome]) -> HttpResponse:
    counted = {verdict.value: sum(each.verdict == verdict for each in outcomes) for verdict in Verdict}
    listed: Listed | None = form.cleaned_data.get("listed") if form.is_bound and hasattr(form, "cleaned_data") else None
    last = request.session.get(_LAST)
    context = {
        "form": form,
        "unit": under,
        "crumbs": [*trail(under, request.user), crumb(under)],
        "outcomes": outcomes,
        "counted": counted,
        "acts": counted["new"] + counted["changed"],
        "shown": digest(outcomes),
        "listed": listed,
        "last": {"new": len(last["new"]), "changed": len(last["changed"])} if last else None,
    }
    return render(request, "organization/listing.html", context, status=answer_status(form))


def _returned(outcomes: list[Outcome]) -> HttpResponse:
    bad = [(each.line, each.note) for each in outcomes if each.verdict == Verdict.PROBLEM]
    return _sheet(workbooks.returned(bad), "units-returned.xlsx")


@login_required
@require_safe
def template(request: Request, pk: int) -> HttpResponse:
    """An empty sheet with the columns that are read."""
    unit_for(request.user, pk, to="unit.change")
    return _sheet(workbooks.template(), "units-template.xlsx")


def _sheet(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=CONTENT_TYPES["xlsx"], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@login_required
@require_POST
def unlisting(request: Request, pk: int) -> HttpResponse:
    """Take the last list back; once."""
    under = unit_for(request.user, pk, to="unit.change")
    last = request.session.pop(_LAST, None)
    if last is None:
        messages.info(request, _("没有可以撤回的名单。"))
        return redirect("organization:listing", under.pk)
    left = take_back(Done(**last), reach=units_where(request.user, "unit.change"), by=request.user)
    for each in left:
        messages.warning(request, _("{unit}没有撤回：{why}").format(unit=each.unit, why=each.why))
    if not left:
        messages.success(request, _("已全部撤回。"))
    return redirect("organization:listing", under.pk)
