"""Pages for what went wrong, on every host."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """The form's token is missing or stale, most often because the page stood open through a sign-out."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
