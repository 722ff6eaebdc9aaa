"""Open a case for somebody on the register or for a newcomer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.http import Request
from shared.refusals import NotAllowed, Refusal
from workspace.access.queries import may
from workspace.development.actions import opening
from workspace.development.forms.cases import KnownForm, NewcomerForm
from workspace.development.models import Case
from workspace.development.queries.visibility import HANDLE, branches_handled_by, people_without_case


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """For somebody on the register."""
    _refuse_others(request)
    form = KnownForm(
        request.POST or None,
        people=people_without_case(request.user),
        initial={"member": request.GET.get("member"), "applied_on": today()},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = opening.open_case(
                said["member"], applied_on=said["applied_on"], basis=said["basis"], by=request.user, today=today()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _opened(request, made)
    return _page(request, form, newcomer=False)


@login_required
@require_http_methods(["GET", "POST"])
def newcomer(request: Request) -> HttpResponse:
    """For somebody who is not on the register yet."""
    _refuse_others(request)
    units = branches_handled_by(request.user)
    first = units.first()
    form = NewcomerForm(request.POST or None, units=units, initial={"unit": first, "applied_on": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = opening.open_case_of_newcomer(
                said["unit"],
                form.values(),
                applied_on=said["applied_on"],
                basis=said["basis"],
                by=request.user,
                today=today(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _opened(request, made)
    return _page(request, form, newcomer=True)


def _opened(request: Request, made: Case) -> HttpResponse:
    messages.success(request, _("已为{name}建立发展档案。").format(name=made.member.name))
    return redirect("development:case", made.pk)


def _page(request: Request, form: KnownForm | NewcomerForm, *, newcomer: bool) -> HttpResponse:
    context = {"form": form, "newcomer": newcomer}
    return render(request, "development/new.html", context, status=422 if form.errors else 200)


def _refuse_others(request: Request) -> None:
    if not may(request.user, HANDLE):
        raise NotAllowed
