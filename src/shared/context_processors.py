"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shared.workspace import absolute_url


def frame(request: HttpRequest) -> dict[str, Any]:
    """The workspace of this host (None elsewhere), the public site's address, and how to reach who runs it."""
    return {
        "workspace": getattr(request, "workspace", None),
        "public_url": absolute_url(),
        "operator_contact": settings.OPERATOR_CONTACT,
    }
