"""Work for later: make the archive that an administrator asked for."""

import time

import structlog
from django.db import DatabaseError, transaction

from shared.clock import now
from shared.queue import task
from shared.refusals import Refusal
from workspace import portability
from workspace.archives import actions, files
from workspace.archives.models import Archive
from workspace.portability.register import Register

log = structlog.get_logger(__name__)
_EVERY_S = 0.5


@task("archives.make", snapshot=True)
def make(archive_id: int) -> None:
    """Export into the file of this row. Killed and run again, it begins anew and leaves one file."""
    archive = Archive.objects.filter(pk=archive_id, state=Archive.State.WAITING).first()
    if archive is None:
        return
    try:
        with transaction.atomic():
            made = portability.export(files.path_of(archive.token), at=now(), progress=_noting(archive.token))
    except (OSError, Refusal) as error:
        log.warning("archive_failed", archive=archive.pk, error=str(error))
        actions.fail(archive, why=str(error), at=now())
        files.remove(files.all_of(archive.token))
        return
    try:
        actions.finish(archive, rows=made.rows, at=now())
    except (DatabaseError, OSError):
        # Somebody cancelled it meanwhile: the row is gone, and nobody would find the file.
        files.remove(files.all_of(archive.token))
        raise


def _noting(token: str) -> portability.Progress:
    """Writes down how far it is, twice a second at most."""
    register, last = Register(), 0.0

    def note(done: int, total: int, what: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY_S:
            last = time.monotonic()
            files.note(token, done, total, register.entry(what).label if what else "")

    return note
