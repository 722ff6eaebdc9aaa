"""How the account pages are shown: in the workspace's frame, or in the console's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WORKSPACE = "shared/workspace.html"
CONSOLE = "shared/console.html"


def own_page(
    request: HttpRequest, template: str, values: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the person signed in. The same views answer on every host that has accounts."""
    frame = WORKSPACE if getattr(request, "workspace", None) else CONSOLE
    return render(request, f"accounts/{template}.html", {"frame": frame, **(values or {})}, status=status)
