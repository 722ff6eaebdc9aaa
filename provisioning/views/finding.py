"""Find my workspace. What is answered never says whether a workspace or an e-mail address exists."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from provisioning.actions.throttling import TooManyMails, count_mail
from provisioning.forms import FindByAddressForm, FindByEmailForm
from provisioning.models import Mailing
from shared.addresses import client_address
from shared.clock import now
from shared.http import Request
from shared.queue import later
from shared.workspace import absolute_url


@require_GET
def find(request: Request) -> HttpResponse:
    """Two ways: I know the address, I know the e-mail."""
    return _page(request, FindByAddressForm(), FindByEmailForm())


@never_cache
@require_GET
def by_address(request: Request) -> HttpResponse:
    """On to the sign-in page of an address, whether anybody lives there or not.

    A page with a link and not a redirect: our policy lets a form lead to this host only.
    """
    form = FindByAddressForm(request.GET)
    if not form.is_valid():
        return _page(request, form, FindByEmailForm())
    url = absolute_url(form.cleaned_data["slug"], "/sign-in/")
    return render(request, "provisioning/find_forward.html", {"url": url})


@never_cache
@require_POST
def by_email(request: Request) -> HttpResponse:
    """Mail the list, later, so that the answer takes the same time for everybody."""
    form = FindByEmailForm(request.POST)
    if not form.is_valid():
        return _page(request, FindByAddressForm(), form)
    email = form.cleaned_data["email"]
    try:
        count_mail(Mailing.Purpose.FINDING, email=email, address=client_address(request), at=now())
    except TooManyMails as refusal:
        form.add_error(None, str(refusal))
        return _page(request, FindByAddressForm(), form, status=refusal.status)
    later("provisioning.mail_workspaces", email=email, language=get_language() or "zh-hans")
    return redirect("provisioning:find-sent")


@require_GET
def sent(request: Request) -> HttpResponse:
    """The same words for everybody."""
    return render(request, "provisioning/find_sent.html")


def _page(
    request: Request, by_address: FindByAddressForm, by_email: FindByEmailForm, *, status: int = 200
) -> HttpResponse:
    values = {"by_address": by_address, "by_email": by_email}
    return render(request, "provisioning/find.html", values, status=status)
