"""The host decides everything: which URLs exist, and whose data the request may touch."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from shared.http import Request
from shared.read_only import SAFE
from shared.workspace import absolute_url
from shared.workspace import served as served_workspace
from tenants import context, heads, hosts
from tenants.models import Tenant
from tenants.recent import Recent

log = structlog.get_logger(__name__)
Handler = Callable[[Request], HttpResponse]
RETRY_AFTER_S = 120
SOON_S = 1
_PLACES = 20_000
_PROBES = frozenset({"/livez", "/readyz"})


class HostMiddleware:
    """Runs the rest of the request in one transaction, as the workspace, the console or the public site.

    An unknown host is 404; a workspace that is not serving, or whose schema this code does not know, is 503 with
    Retry-After, and so is a page that wants a table or a column which this release has not brought there yet; a former
    address leads to the present one; a database that is away is 503. An exception in a view, and any answer of 500 and
    above, undoes what the request wrote.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._places: Recent[str, hosts.Place] = Recent(_PLACES)

    def __call__(self, request: Request) -> HttpResponse:
        if request.path in _PROBES:
            # A load balancer asks by address, not by name; these touch no one's data.
            request.urlconf = settings.URLCONF_PUBLIC
            return self.get_response(request)
        written = request.META.get("HTTP_HOST", "")
        place = self._places.get(written) or self._place(request, written)
        if place.kind == "nowhere":
            return _page(request, 404)
        try:
            if place.kind == "workspace":
                return self._workspace(request, place.label)
            request.urlconf = settings.URLCONF_CONSOLE if place.kind == "console" else settings.URLCONF_PUBLIC
            request.workspace = None
            with context.control():
                return self._answer(request)
        except (OperationalError, InterfaceError):
            log.exception("database_away", host=written)
            return _page(request, 503, retry_after_s=SOON_S)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        request.view_failed = True
        # Nothing to report: the release is on its way. `_workspace` makes the page, for what failed before a view too.
        return HttpResponse(status=503) if _waits_for_release(request) else None

    def _place(self, request: Request, written: str) -> hosts.Place:
        """Where the host leads, remembered by what stands in the header once Django has found that in order."""
        place = hosts.place(request.get_host())
        if written and not settings.USE_X_FORWARDED_HOST:
            self._places.put(written, place)
        return place

    def _workspace(self, request: Request, label: str, *, again: bool = False) -> HttpResponse:
        tenant = hosts.find(label)
        if tenant is None or tenant.state == tenant.State.PURGED:
            return _page(request, 404)
        if tenant.address != label:
            return _moved(request, tenant.address)
        if not tenant.is_serving:
            suspended = tenant.state == tenant.State.SUSPENDED
            return _page(request, 503, name="suspended.html" if suspended else "", retry_after_s=RETRY_AFTER_S)
        if not tenant.is_reachable:
            return _upgrading(request)
        before = request.__dict__.copy()
        response = self._inside(request, tenant)
        if response.status_code < 500:
            return response
        waits = _waits_for_release(request)
        stale = _was_stale(label, tenant)
        if not stale and not waits:
            if response.status_code == 503:
                response.setdefault("Retry-After", str(RETRY_AFTER_S))
            return response
        # All of it is undone, and nothing that was read of the workspace may be asked for again outside of it.
        request.__dict__.clear()
        request.__dict__.update(before)
        if not stale:
            return _upgrading(request)
        # Moved, closed or purged under its feet. Once more with what is true now, where that is harmless; who asked for
        # a change asks again.
        if request.method in SAFE and not again:
            return self._workspace(request, label, again=True)
        return _page(request, 503, retry_after_s=SOON_S)

    def _inside(self, request: Request, tenant: Tenant) -> HttpResponse:
        request.urlconf = settings.URLCONF_WORKSPACE
        served_workspace.set(tenant.workspace)
        request.is_behind = heads.is_behind(tenant.migration_head)
        context.denied.set(None)
        context.lacked.set(False)
        with context.inside(tenant) as workspace:
            request.workspace = workspace
            return self._answer(request)

    def _answer(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        failed = response.status_code >= 500 or getattr(request, "view_failed", False)
        # A reader asked for a table that is still to come and went on without it: nothing is left to commit.
        went_on = context.lacked.get() and request.method in SAFE and connection.is_aborted  # type: ignore[attr-defined]
        if failed or went_on:
            transaction.set_rollback(True)
        return response


def _was_stale(label: str, tenant: Tenant) -> bool:
    """Whether a request failed because what we knew of its workspace was true no more. Raises OperationalError where
    nobody can say, because the database is away: then that is why."""
    return hosts.has_changed(label, tenant) or context.denied.get() is not None


def _waits_for_release(request: Request) -> bool:
    """Whether a request failed at a table or a column that this release has yet to bring to its workspace."""
    return getattr(request, "is_behind", False) and context.lacked.get()


def _upgrading(request: Request) -> HttpResponse:
    """It is being upgraded: a page for people, two fields for programs."""
    if not request.path.startswith("/api/"):
        return _page(request, 503, name="upgrading.html", retry_after_s=RETRY_AFTER_S)
    request.workspace = None
    said = {"code": "upgrading", "message": gettext("这个工作空间正在升级，请稍后再试。")}
    return JsonResponse(said, status=503, headers={"Retry-After": str(RETRY_AFTER_S), "Cache-Control": "no-store"})


def _moved(request: Request, address: str) -> HttpResponse:
    """From a former address to the present one. Not for ever: one day somebody else may have the old one."""
    if not address or request.method not in SAFE:
        return _page(request, 404)
    response = HttpResponseRedirect(absolute_url(address, request.get_full_path()))
    response["Cache-Control"] = "no-store"
    return response


def _page(request: Request, status: int, *, name: str = "", retry_after_s: int = 0) -> HttpResponse:
    """An error page that reads nothing from the database."""
    request.workspace = None
    request.urlconf = settings.URLCONF_PUBLIC
    for read_late in ("user", "auser", "session"):  # outside the workspace nobody may ask for them any more
        request.__dict__.pop(read_late, None)
    response = render(None, name or f"{status}.html", status=status)  # no request: no session, no user
    response["Cache-Control"] = "no-store"
    if retry_after_s:
        response["Retry-After"] = str(retry_after_s)
    return response
