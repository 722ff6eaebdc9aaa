"""The pages that say what this is."""

import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from provisioning import changelog as changes
from provisioning import content, cookies, notices
from provisioning.models import Release
from shared import queue
from shared.clock import now
from shared.http import Request


@require_GET
def landing(request: Request) -> HttpResponse:
    """What it is, for whom, what it costs, how to begin."""
    return render(
        request,
        "provisioning/landing.html",
        {"signup": cookies.held(request), "questions": content.QUESTIONS[: content.ON_LANDING]},
    )


@require_GET
def six(request: Request) -> HttpResponse:
    """The six dashboards, and how each number is computed."""
    return render(request, "provisioning/six.html", {"boards": content.BOARDS})


@require_GET
def questions(request: Request) -> HttpResponse:
    """What people ask before they sign up."""
    return render(request, "provisioning/questions.html", {"questions": content.QUESTIONS})


@require_GET
def notice(request: Request, name: str) -> HttpResponse:
    """A text that people agree to, or may hold us to."""
    if name not in notices.ALL:
        raise Http404
    return render(request, "provisioning/notice.html", {"notice": notices.ALL[name]})


@require_GET
def changelog(request: Request) -> HttpResponse:
    """What changed, release by release."""
    return render(request, "provisioning/changelog.html", {"releases": changes.read(settings.ROOT / "CHANGELOG.md")})


@never_cache
@require_GET
def status(request: Request) -> HttpResponse:
    """Whether the service works, asked of its parts now."""
    values = _measured()
    return render(request, "provisioning/status.html", values, status=200 if values["database"] else 503)


def _measured() -> dict[str, Any]:
    instant = now()
    begun = time.perf_counter()
    try:
        with transaction.atomic():
            Release.objects.values_list("pk").first()
            waiting = queue.state()
    except DatabaseError:
        return {"at": instant, "database": False}
    worker_is_here = bool(waiting.worker_seen and (instant - waiting.worker_seen).total_seconds() < 60)
    return {
        "at": instant,
        "database": True,
        "milliseconds": max(1, round((time.perf_counter() - begun) * 1000)),
        "queue": waiting,
        "worker_is_here": worker_is_here,
        "well": worker_is_here and waiting.waiting < 1000,
    }
