"""What every host does with a request: a request id, headers, and refusals turned into pages."""

import re
import uuid
from collections.abc import Callable

import structlog
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shared import origin, workspace
from shared.onward import onward
from shared.refusals import Refusal

Handler = Callable[[HttpRequest], HttpResponse]
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


class RequestIdMiddleware:
    """Give every request an id, in logs and in the answer. A well-formed one from the proxy is kept."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _REQUEST_ID.match(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        workspace.served.set(None)
        came = origin.current.set((request, request_id))
        try:
            response = self.get_response(request)
        finally:
            origin.current.reset(came)
        response["X-Request-ID"] = request_id
        return response


class NoNulMiddleware:
    """An address with a NUL in it is nobody's: no text in the database can hold one, so none is asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            raise BadRequest("an address with a NUL in it")
        return self.get_response(request)


class HeadersMiddleware:
    """Headers that Django has no setting for. Pages behind a sign-in are never stored by a browser or a proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response


class RefusalMiddleware:
    """A refusal that a view did not handle: say it on the page the person came from."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        came_from = onward(request, request.headers.get("Referer", ""))
        if request.method == "POST" and came_from:
            messages.error(request, str(exception))
            return redirect(came_from)
        return render(request, "shared/refused.html", {"refusal": exception}, status=exception.status)
