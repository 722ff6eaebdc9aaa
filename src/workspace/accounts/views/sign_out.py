"""Signing out: the session's row goes, and with it what the browser kept of the pages."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from workspace.accounts.models import User
from workspace.accounts.record import record


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        record("account.signed_out", of=request.user, by=request.user)
    logout(request)
    response = redirect("accounts:sign-in")
    # Not "cookies": that empties the whole registrable domain, and would sign people out of the neighbours too.
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    return response
