"""A forgotten password: ask for a mail, and the page behind its link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shared.clock import now
from workspace.accounts import links
from workspace.accounts.actions import password as passwords
from workspace.accounts.forms import AskForResetForm, NewPasswordForm


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForResetForm(request.POST or None)
    if form.is_valid():
        passwords.ask_for_reset(form.cleaned_data["username"])
        return render(request, "accounts/mail_sent.html", {"what": "reset"})
    return render(request, "accounts/reset_ask.html", {"form": form})


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, text: str) -> HttpResponse:
    opened = links.open_link(text, "reset")
    if opened.state != "good" or opened.user is None:
        status = 404 if opened.state == "bad" else 410
        return render(request, "accounts/link_closed.html", {"state": opened.state, "purpose": "reset"}, status=status)
    form = NewPasswordForm(request.POST or None, user=opened.user)
    if form.is_valid():
        passwords.reset_password(opened.user, password=form.cleaned_data["password"], at=now())
        messages.success(request, _("密码已更新，请用新密码登录。"))
        return redirect("accounts:sign-in")
    return render(request, "accounts/reset.html", {"form": form, "person": opened.user})
