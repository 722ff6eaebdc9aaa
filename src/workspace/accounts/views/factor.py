"""`/me/factor/`: set up a second factor, get new recovery codes, take it away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shared.clock import now
from shared.http import Request
from shared.qr import qr_svg
from shared.refusals import Refusal
from workspace.accounts import mails, queries, totp
from workspace.accounts.actions import factor as factors
from workspace.accounts.forms import ConfirmForm, FactorForm
from workspace.accounts.views.pages import own_page


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def set_up(request: Request) -> HttpResponse:
    if queries.factor_of(request.user):
        return redirect("accounts:security")
    form = FactorForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            codes = factors.confirm(request.user, typed=form.cleaned_data["code"], at=now())
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            request.session["owes"] = queries.owes(request.user, at=now())
            return own_page(request, "recovery_codes", {"codes": codes})
    offer = factors.offer(request.user)
    uri = totp.provisioning_uri(offer.secret, account=request.user.username, issuer=mails.place_name())
    page = {"form": form, "svg": qr_svg(uri), "secret": offer.readable, "owes": request.session.get("owes")}
    return own_page(request, "factor", page)


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def renew_codes(request: Request) -> HttpResponse:
    form = ConfirmForm(request.POST or None, user=request.user)
    if form.is_valid():
        return own_page(request, "recovery_codes", {"codes": factors.renew_codes(request.user)})
    return own_page(request, "factor_codes", {"form": form, "factor": queries.factor_of(request.user)})


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def remove(request: Request) -> HttpResponse:
    form = ConfirmForm(request.POST or None, user=request.user)
    if form.is_valid():
        factors.remove(request.user)
        messages.success(request, _("已关闭双因素验证。"))
        return redirect("accounts:security")
    return own_page(request, "factor_remove", {"form": form})
