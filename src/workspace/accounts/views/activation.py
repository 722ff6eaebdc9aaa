"""The page behind an activation link, where the first password is set."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.clock import now
from workspace.accounts import links
from workspace.accounts.actions import activation
from workspace.accounts.forms import NewPasswordForm
from workspace.accounts.views.sign_in import enter


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest, text: str) -> HttpResponse:
    opened = links.open_link(text, "activate")
    if opened.state != "good" or opened.user is None:
        return _closed(request, opened, text)
    form = NewPasswordForm(request.POST or None, user=opened.user)
    if form.is_valid():
        at = now()
        activation.activate(opened.user, password=form.cleaned_data["password"], at=at)
        logout(request)
        return enter(request, opened.user, at=at, onward=resolve_url("/"))
    return render(request, "accounts/activate.html", {"form": form, "person": opened.user})


@require_POST
def again(request: HttpRequest, text: str) -> HttpResponse:
    """A fresh link by mail, in place of one that expired unused."""
    opened = links.open_link(text, "activate")
    if opened.state != "expired" or opened.user is None:
        return _closed(request, opened, text)
    activation.send_again(opened.user)
    return redirect("accounts:activation-sent")


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/mail_sent.html", {"what": "activation"})


def _closed(request: HttpRequest, opened: links.Opened, text: str) -> HttpResponse:
    status = 404 if opened.state == "bad" else 410
    page = {"state": opened.state, "purpose": "activate", "text": text}
    return render(request, "accounts/link_closed.html", page, status=status)
