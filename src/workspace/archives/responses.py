"""The file itself as an answer, for the page and for the API."""

from django.http import FileResponse

from shared.workspace import current_workspace
from workspace.archives import files
from workspace.archives.models import Archive, Schedule
from workspace.archives.terms import Run

_SHEETS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def file_response(archive: Archive) -> FileResponse:
    """Streamed, kept by nobody on the way, and called by workspace and time."""
    name = f"{current_workspace().slug}-{archive.asked_at:%Y%m%d-%H%M}.zip"
    opened = files.path_of(archive.token).open("rb")
    response = FileResponse(opened, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def sheet_response(schedule: Schedule, run: Run) -> FileResponse:
    """A file of a scheduled export, called by what it is and its day."""
    opened = files.sheet_path(run.token, run.ending).open("rb")
    name = f"{schedule.what}-{run.on.replace('-', '')}.{run.ending}"
    response = FileResponse(opened, as_attachment=True, filename=name, content_type=_SHEETS[run.ending])
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
