"""Write an archive entry by entry, knowing of each how long it is and what its digest is."""

import hashlib
import os
import shutil
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from workspace.portability.manifest import Entry
from workspace.portability.refusals import NamedTwice, NoRoom

BLOCK = 1 << 18  # bytes gathered before they are packed
_LEVEL = 4  # of deflate: half the time of 6 for some percent of size
_SPARE = 64 * 2**20


class Writer:
    """A ZIP under way. `add` streams; nothing is held but one block."""

    def __init__(self, file: zipfile.ZipFile, at: datetime) -> None:
        self._zip = file
        self._at = timezone.localtime(at).timetuple()[:6]
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> Entry:
        """Write one entry and return what it came to."""
        if name in self.entries:
            raise NamedTwice(name=name)
        info = zipfile.ZipInfo(name, self._at)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        digest, length = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as entry:
            for block in blocks(pieces):
                digest.update(block)
                length += len(block)
                entry.write(block)
        self.entries[name] = Entry(length, digest.hexdigest())
        return self.entries[name]


def blocks(pieces: Iterable[bytes], size: int = BLOCK) -> Iterator[bytes]:
    """The same bytes in fewer, larger pieces."""
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file's bytes, block by block."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


@contextmanager
def written(destination: Path, *, at: datetime) -> Iterator[Writer]:
    """Yields a Writer. The file gets its name only when all of it is on the disk; its owner alone may read it."""
    destination.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = destination.with_name(f"{destination.name}.part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as opened:
                yield Writer(opened, at)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(destination)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def ask_for_room(folder: Path, needed: int) -> None:
    """Raises NoRoom where the disk would be full before the end. Better said at once than half-way."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < needed + _SPARE:
        raise NoRoom(needed=(needed + _SPARE) // 2**20, free=free // 2**20)
