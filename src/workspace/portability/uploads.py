"""The files of a workspace: below `MEDIA_ROOT/<its uuid>/`, and nowhere else."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.conf import settings

from workspace.portability.refusals import UnsafePath

_MOST_BYTES_A_NAME = 255
_MOST_BYTES_A_PATH = 1_000
# Control characters, what Windows reads as something else, and what turns text around.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def folder(workspace: UUID) -> Path:
    """Where the workspace's files lie; it may not be there."""
    return Path(settings.MEDIA_ROOT) / str(workspace)


def walk(root: Path) -> Iterator[tuple[str, Path]]:
    """(name, path) of every file below, sorted. Raises UnsafePath for a link: it may lead to somebody else's."""
    for here, folders, files in os.walk(root, followlinks=False):
        folders.sort()
        for name in [*folders, *sorted(files)]:
            path = Path(here) / name
            mode = path.lstat().st_mode
            relative = path.relative_to(root).as_posix()
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                raise UnsafePath(name=relative)
            if stat.S_ISREG(mode):
                yield safe(relative), path


def safe(name: str) -> str:
    """The name itself when it can only lead downwards, on any system; raises UnsafePath otherwise."""
    parts = name.split("/")
    if (
        not name
        or len(name.encode("utf-8", "surrogatepass")) > _MOST_BYTES_A_PATH
        or _UNSAFE.search(name)
        or any(part in {"", ".", ".."} or part != part.strip() or part.endswith(".") for part in parts)
        or any(len(part.encode("utf-8", "surrogatepass")) > _MOST_BYTES_A_NAME for part in parts)
        or unicodedata.normalize("NFC", name) != name
        or PurePosixPath(name).is_absolute()
    ):
        raise UnsafePath(name=ascii(name)[:120])
    return name
