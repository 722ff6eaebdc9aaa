"""A file as an answer, for the page and for the API."""

from django.http import HttpResponse

from shared.clock import today
from workspace.members.actions.exporting import Exported


def attached(made: Exported, *, name: str = "members") -> HttpResponse:
    """Called by its day, and kept by nobody on the way."""
    response = HttpResponse(made.data, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{today():%Y%m%d}.{made.ending}"'
    response["Cache-Control"] = "no-store"
    return response
