"""`/me/security/`: password, second factor, where one is signed in, tokens."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.clock import now
from shared.http import Request
from workspace.accounts import queries
from workspace.accounts.actions import password as passwords
from workspace.accounts.actions import sessions
from workspace.accounts.forms import ChangePasswordForm
from workspace.accounts.views.pages import own_page


@login_required
@require_GET
def security(request: Request) -> HttpResponse:
    at = now()
    page = {
        "factor": queries.factor_of(request.user),
        "sessions": queries.signed_in(request.user, at=at, here=request.session.session_key),
        "tokens": queries.tokens_of(request.user).count() if request.workspace else None,
        "owes": request.session.get("owes"),
    }
    return own_page(request, "security", page)


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: Request) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if not form.is_valid():
        return own_page(request, "password", {"form": form, "owes": request.session.get("owes")})
    passwords.change_password(
        request.user, password=form.cleaned_data["password"], at=now(), session_key=request.session.session_key
    )
    update_session_auth_hash(request, request.user)
    if request.session.get("owes") == "password":
        request.session["owes"] = queries.owes(request.user, at=now())
    messages.success(request, _("密码已修改，其他设备上的登录已结束。"))
    return redirect("accounts:security")


@login_required
@require_POST
def end_session(request: Request, handle: str) -> HttpResponse:
    sessions.end_one(request.user, named=handle)
    messages.success(request, _("已结束那台设备上的登录。"))
    return redirect("accounts:security")


@login_required
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    ended = sessions.end_others(request.user, keep=request.session.session_key)
    said = ngettext("已结束其他 %(ended)d 处登录。", "已结束其他 %(ended)d 处登录。", ended) % {"ended": ended}
    messages.success(request, said)
    return redirect("accounts:security")
