"""An archive to be judged: by its container, its signature, and then every byte against the signed manifest."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.workspace import Workspace
from workspace.portability import container
from workspace.portability.limits import DEFAULT, Limits
from workspace.portability.manifest import EXACT, NAME, SIGNATURE, Manifest, decode
from workspace.portability.refusals import (
    DigestDiffers,
    EntryDamaged,
    EntryMissing,
    EntryUnknown,
    Forged,
    OtherWorkspace,
    RowsDiffer,
    SizeDiffers,
    TooLarge,
)
from workspace.portability.sealing import Seal

_BLOCK = 1 << 18
_SIGNATURE_MOST = 1_000
# What Python's zipfile says of a damaged entry, besides its own error.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """An open archive whose manifest was proved. Reading an entry to its end proves that entry."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = file
        self.manifest = manifest

    def pieces(self, name: str) -> Iterator[bytes]:
        """An entry's bytes, block by block. Raises EntryDamaged, SizeDiffers, DigestDiffers, the last at the end."""
        said = self.manifest.entries[name]
        digest, length = hashlib.sha256(), 0
        for block in _read(self._zip, name):
            length += len(block)
            digest.update(block)
            yield block
        if length != said.bytes:
            raise SizeDiffers(name=name, found=length, said=said.bytes)
        if digest.hexdigest() != said.sha256:
            raise DigestDiffers(name=name)

    def lines(self, table: str) -> Iterator[bytes]:
        """The exact data of a table, row by row. Raises RowsDiffer besides what `pieces` raises."""
        rest, found = b"", 0
        for piece in self.pieces(f"{EXACT}{table}.jsonl"):
            *whole, rest = (rest + piece).split(b"\n")
            found += len(whole)
            yield from whole
        said = self.manifest.tables[table].rows
        if rest or found != said:
            raise RowsDiffer(table=table, found=found + bool(rest), said=said)


@contextmanager
def opened(path: Path, *, of: Workspace, limits: Limits = DEFAULT) -> Iterator[Archive]:
    """The archive, which must come from the workspace `of`. Raises ArchiveRefused, NoKey, OSError for no such file."""
    with container.opened(path, limits) as file:
        yield Archive(file, _manifest(file, of, limits))


def peek(path: Path, *, limits: Limits = DEFAULT) -> Manifest:
    """What an archive says of itself, unproved: to find the workspace that can prove it. Raises ArchiveRefused."""
    with container.opened(path, limits) as file:
        return decode(_whole(file, NAME, limits.manifest))


def _manifest(file: zipfile.ZipFile, of: Workspace, limits: Limits) -> Manifest:
    raw = _whole(file, NAME, limits.manifest)
    signature = _whole(file, SIGNATURE, _SIGNATURE_MOST)
    manifest = decode(raw)
    if manifest.workspace != of.uuid:
        raise OtherWorkspace(name=manifest.name[:120], uuid=manifest.workspace)
    if not Seal(of).signed(raw, signature.decode("ascii", "replace")):
        raise Forged
    _compare_names(file, manifest)
    return manifest


def _compare_names(file: zipfile.ZipFile, manifest: Manifest) -> None:
    there = {info.filename for info in file.infolist()} - {NAME, SIGNATURE}
    for name in manifest.entries:
        if name not in there:
            raise EntryMissing(name=name)
    for name in there:
        if name not in manifest.entries:
            raise EntryUnknown(name=name)
    for table in manifest.tables:
        if f"{EXACT}{table}.jsonl" not in there:
            raise EntryMissing(name=f"{EXACT}{table}.jsonl")


def _whole(file: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        size = file.getinfo(name).file_size
    except KeyError as error:
        raise EntryMissing(name=name) from error
    if size > most:
        raise TooLarge(what=name, found=size, most=most)
    return b"".join(_read(file, name))


def _read(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with file.open(name) as entry:
            while block := entry.read(_BLOCK):
                yield block
    except _DAMAGE as error:
        raise EntryDamaged(name=name) from error
