"""Where archives lie: a folder for each workspace, in no folder that is served, under names nobody can guess."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from shared.workspace import current_workspace

_BLOCK = 1 << 20
SHEETS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an export has come: rows and files done of all, the table it is at, and when that was so."""

    done: int
    total: int
    what: str
    at: datetime


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def folder(workspace: UUID | None = None) -> Path:
    """The folder of a workspace, by default of the one in force. It may not be there yet."""
    return Path(settings.ARCHIVES_ROOT) / str(workspace or current_workspace().uuid)


def path_of(token: str) -> Path:
    return folder() / f"{token}.zip"


def all_of(token: str) -> tuple[Path, ...]:
    """The file, what was noted beside it, and what an export that was killed left of it."""
    return (
        path_of(token),
        _note(token),
        path_of(token).with_suffix(".zip.part"),
        *(sheet_path(token, each) for each in SHEETS),
    )


def sheet_path(token: str, ending: str) -> Path:
    """Where a file of a scheduled export lies."""
    if ending not in SHEETS:
        raise ValueError(ending)
    return folder() / f"{token}.{ending}"


def keep_sheet(token: str, ending: str, data: bytes) -> None:
    """Readable by the service alone; there as a whole or not at all."""
    path = sheet_path(token, ending)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(data)
    fresh.chmod(0o600)
    os.replace(fresh, path)


def remove(paths: Iterable[Path]) -> None:
    """What is not there is passed over."""
    for path in paths:
        path.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """SHA-256 of the file, as `sha256sum` prints it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def note(token: str, done: int, total: int, what: str) -> None:
    """Write down how far it is. A file, because the work is one transaction and nobody sees into it."""
    path = _note(token)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps([done, total, what]))
    os.replace(fresh, path)


def standing(token: str) -> Standing | None:
    """What was noted last; None before the work began."""
    with suppress(OSError, ValueError, TypeError):
        path = _note(token)
        done, total, what = json.loads(path.read_text())
        return Standing(int(done), int(total), str(what), datetime.fromtimestamp(path.stat().st_mtime, UTC))
    return None


def lying(*, before: datetime) -> Iterator[str]:
    """Tokens of every file of the workspace in force that was last touched before then."""
    with suppress(FileNotFoundError):
        for entry in os.scandir(folder()):
            if datetime.fromtimestamp(entry.stat(follow_symlinks=False).st_mtime, UTC) < before:
                yield entry.name.partition(".")[0]


def _note(token: str) -> Path:
    return folder() / f"{token}.progress"
