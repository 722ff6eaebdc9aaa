"""Files that stand beside a restoring: its copy of the archive, and a workspace's uploads before and after the swap."""

import os
import shutil
from pathlib import Path

from django.conf import settings

from provisioning.models import Restoring
from workspace.portability import uploads


def archive(row: Restoring) -> Path:
    """The archive it works from: a copy of its own, so that it is still there, and still the same, after a kill."""
    return Path(settings.ARCHIVES_ROOT) / ".restoring" / f"{row.uuid}.zip"


def keep(source: Path, row: Restoring) -> None:
    """Copy the archive to where the restoring finds it."""
    target = archive(row)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = target.with_suffix(".part")
    with source.open("rb") as read, os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as write:
        shutil.copyfileobj(read, write, 1 << 20)
        write.flush()
        os.fsync(write.fileno())
    unfinished.replace(target)


def incoming(row: Restoring) -> Path:
    """Where its uploads wait: unpacked from the archive, or as they were put aside with the schema that returns."""
    if row.kind == Restoring.Kind.BACK:
        return aside(row.schema_name)
    return Path(settings.MEDIA_ROOT) / ".incoming" / str(row.uuid)


def aside(schema: str) -> Path:
    """The uploads that belong to a schema that was put aside."""
    return Path(settings.MEDIA_ROOT) / ".aside" / schema


def put_in_place(row: Restoring) -> None:
    """The uploads in force go aside with their schema, and those that wait take their place. Twice is once."""
    waiting, live = incoming(row), uploads.folder(row.tenant.uuid)
    if not waiting.exists():
        return
    if live.exists() and row.former_schema:
        away = aside(row.former_schema)
        away.parent.mkdir(parents=True, exist_ok=True)
        live.rename(away)
    elif live.exists():
        # Its schema was dropped: no row speaks of these files any more.
        shutil.rmtree(live)
    live.parent.mkdir(parents=True, exist_ok=True)
    waiting.rename(live)


def forget(row: Restoring) -> None:
    """What only this restoring needed."""
    archive(row).unlink(missing_ok=True)
    archive(row).with_suffix(".part").unlink(missing_ok=True)
    if row.kind != Restoring.Kind.BACK:
        shutil.rmtree(incoming(row), ignore_errors=True)


def drop_aside(schema: str) -> None:
    shutil.rmtree(aside(schema), ignore_errors=True)
