"""What every template may use."""

from typing import Any

from django.http import HttpRequest

from shared.workspace import absolute_url


def frame(request: HttpRequest) -> dict[str, Any]:
    """The workspace of this host (None elsewhere) and the public site's address."""
    return {"workspace": getattr(request, "workspace", None), "public_url": absolute_url()}
