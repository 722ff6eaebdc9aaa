"""What holds for everybody who is signed in, at every request."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from workspace.accounts import sessions

Handler = Callable[[HttpRequest], HttpResponse]


class SessionsMiddleware:
    """Ends a session that lay idle, and notes the others as in use. A request without the cookie costs nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            and request.user.is_authenticated
            and not sessions.seen(request)
        ):
            request.user = AnonymousUser()
            messages.info(request, _("长时间没有操作，已为您退出。请重新登录。"))
        return self.get_response(request)
