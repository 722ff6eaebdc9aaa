"""What holds for everybody who is signed in, at every request."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from workspace.accounts import sessions

Handler = Callable[[HttpRequest], HttpResponse]
# What stays open to somebody who must first renew a password or add a second factor.
OPEN = ("/me/", "/sign-out/", "/i18n/", "/display/", "/static/")
OWED = {"password": "/me/password/", "factor": "/me/factor/"}


class SessionsMiddleware:
    """Ends a session that lay idle, and notes the others as in use. A request without the cookie costs nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            if not sessions.seen(request):
                request.user = AnonymousUser()
                messages.info(request, _("长时间没有操作，已为您退出。请重新登录。"))
            elif (owed := request.session.get("owes")) and not request.path.startswith(OPEN):
                return _first(request, owed)
        return self.get_response(request)


def _first(request: HttpRequest, owed: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        words = _("请先在网页上完成账号安全设置。")
        return JsonResponse({"code": "account_not_ready", "message": words}, status=403)
    return redirect(OWED[owed])
