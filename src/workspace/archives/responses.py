"""The file itself as an answer, for the page and for the API."""

from django.http import FileResponse

from shared.workspace import current_workspace
from workspace.archives import files
from workspace.archives.models import Archive


def file_response(archive: Archive) -> FileResponse:
    """Streamed, kept by nobody on the way, and called by workspace and time."""
    name = f"{current_workspace().slug}-{archive.asked_at:%Y%m%d-%H%M}.zip"
    opened = files.path_of(archive.token).open("rb")
    response = FileResponse(opened, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
