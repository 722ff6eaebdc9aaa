"""Signing in: name and password, then a code where the person has a second factor."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shared.clock import now
from shared.onward import onward as on_this_host
from shared.refusals import Refusal
from shared.views import display
from workspace.accounts import sessions
from workspace.accounts.actions import factor as factors
from workspace.accounts.actions import sign_in as signing_in
from workspace.accounts.forms import CodeForm, SignInForm
from workspace.accounts.models import User
from workspace.accounts.record import record

YEAR_S = 365 * 24 * 3600
WAITING = "waiting_for_code"
# How long the password that was given stays good while the code is looked up.
WAITING_FOR = timedelta(minutes=10)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    onward = safe_next(request)
    if request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(request.POST or None)
    status = 200
    if form.is_valid():
        at = now()
        try:
            user = signing_in.check_password(
                request, typed=form.cleaned_data["username"], password=form.cleaned_data["password"], at=at
            )
        except Refusal as refusal:
            # Kept on the page: the failure that was counted must be committed.
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            if signing_in.has_factor(user):
                request.session.cycle_key()
                request.session[WAITING] = {"user": user.pk, "since": at.isoformat(), "next": onward}
                return redirect("accounts:sign-in-code")
            return enter(request, user, at=at, onward=onward)
    return render(request, "accounts/sign_in.html", {"form": form, "next": onward}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    at = now()
    waiting = request.session.get(WAITING)
    user = _waiting_user(waiting, at)
    if waiting is None or user is None:
        request.session.pop(WAITING, None)
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            factors.check_code(request, user, typed=form.cleaned_data["code"], at=at)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            status = refusal.status
        else:
            del request.session[WAITING]
            return enter(request, user, at=at, onward=waiting["next"])
    return render(request, "accounts/sign_in_code.html", {"form": form}, status=status)


def enter(request: HttpRequest, user: User, *, at: datetime, onward: str) -> HttpResponse:
    """The session begins; in the person's own language from here on."""
    sessions.begin(request, user, at=at)
    record("account.signed_in", of=user, by=user, details={"address": request.session["address"]})
    response = redirect(onward)
    as_they_like_it(response, user)
    return response


def as_they_like_it(response: HttpResponse, user: User) -> None:
    """Let this browser's cookies say the language and type size that the person chose."""
    kept: dict[str, Any] = {
        "max_age": YEAR_S,
        "secure": settings.LANGUAGE_COOKIE_SECURE,
        "httponly": True,
        "samesite": "Lax",
    }
    if user.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, **kept)
    if user.large_type:
        response.set_cookie(display.COOKIE, "large", **kept)


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: a place on this very host, or the front page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return on_this_host(request, wanted) or resolve_url(settings.LOGIN_REDIRECT_URL)


def _waiting_user(waiting: dict[str, str] | None, at: datetime) -> User | None:
    if waiting is None or at - datetime.fromisoformat(waiting["since"]) > WAITING_FOR:
        return None
    return User.objects.filter(pk=waiting["user"], is_active=True).first()
