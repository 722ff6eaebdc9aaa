"""The host decides everything: which URLs exist, and whose data the request may touch."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from shared.http import Request
from tenants import context, hosts

Handler = Callable[[Request], HttpResponse]
RETRY_AFTER_S = 120


class HostMiddleware:
    """Runs the rest of the request in one transaction, as the workspace, the console or the public site.

    An unknown host is 404; a workspace that is not serving, or whose schema this code does not know, is 503 with
    Retry-After. An exception in a view, and any answer of 500 and above, undoes what the request wrote.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.path in {"/livez", "/readyz"}:
            # A load balancer asks by address, not by name; these touch no one's data.
            request.urlconf = settings.URLCONF_PUBLIC
            return self.get_response(request)
        place = hosts.place(request.get_host())
        if place.kind == "nowhere":
            return _page(request, 404)
        if place.kind == "workspace":
            return self._workspace(request, place.label)
        request.urlconf = settings.URLCONF_CONSOLE if place.kind == "console" else settings.URLCONF_PUBLIC
        request.workspace = None
        with context.control():
            return self._answer(request)

    def process_exception(self, request: Request, exception: Exception) -> None:
        request.view_failed = True

    def _workspace(self, request: Request, label: str) -> HttpResponse:
        tenant = hosts.find(label)
        if tenant is None or tenant.state == tenant.State.PURGED:
            return _page(request, 404)
        if not tenant.is_serving:
            suspended = tenant.state == tenant.State.SUSPENDED
            return _later(request, name="suspended.html" if suspended else "")
        if not tenant.is_reachable:
            return _later(request, name="upgrading.html")
        request.urlconf = settings.URLCONF_WORKSPACE
        structlog.contextvars.bind_contextvars(workspace=str(tenant.uuid))
        with context.inside(tenant) as workspace:
            request.workspace = workspace
            return self._answer(request)

    def _answer(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 500 or getattr(request, "view_failed", False):
            transaction.set_rollback(True)
        return response


def _later(request: Request, *, name: str) -> HttpResponse:
    """503, with a time to come back."""
    response = _page(request, 503, name=name)
    response["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _page(request: Request, status: int, *, name: str = "") -> HttpResponse:
    """An error page that reads nothing from the database."""
    request.workspace = None
    request.urlconf = settings.URLCONF_PUBLIC
    response = render(None, name or f"{status}.html", status=status)  # no request: no session, no user
    response["Cache-Control"] = "no-store"
    return response
