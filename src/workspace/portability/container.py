"""The ZIP around an archive, taken as hostile: judged by its table of contents before anything in it is unpacked."""

import stat
import struct
import zipfile
from pathlib import Path
from typing import BinaryIO

from workspace.portability.limits import Limits
from workspace.portability.manifest import UPLOADS
from workspace.portability.refusals import (
    CutOff,
    EntryDamaged,
    NamedTwice,
    NotAnArchive,
    TooLarge,
    UnsafePath,
)
from workspace.portability.uploads import safe

_START = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")  # APPNOTE 4.3.16, end of central directory record
_END_64 = struct.Struct("<4sQ2H2L4Q")  # 4.3.14
_LOCATOR_64 = struct.Struct("<4sLQL")  # 4.3.15
_COMMENT_MOST = 1 << 16
_ENCRYPTED = 0x1
# What zipfile raises where the table of contents is damaged; NotImplementedError for a version that it does not know.
_UNREADABLE = (
    zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError, OSError,
)  # fmt: skip


def opened(path: Path, limits: Limits) -> zipfile.ZipFile:
    """The ZIP, with names that lead nowhere else and no more than the limits allow. Raises ArchiveRefused."""
    size = path.stat().st_size
    if size > limits.file:
        raise TooLarge(what="ZIP", found=size, most=limits.file)
    with path.open("rb") as file:
        _judge_directory(file, size, limits)
    try:
        archive = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise EntryDamaged(name="ZIP") from error
    try:
        _judge_entries(archive, limits)
    except BaseException:
        archive.close()
        raise
    return archive


def _judge_directory(file: BinaryIO, size: int, limits: Limits) -> None:
    """Read only the last record, which says how long the table of contents is: Python reads that whole."""
    starts_well = file.read(4) == _START
    file.seek(max(0, size - _END.size - _COMMENT_MOST))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise CutOff if starts_well else NotAnArchive
    fields = _END.unpack_from(tail, place)
    entries, length = fields[4], fields[5]
    if entries == 0xFFFF or length == 0xFFFFFFFF:
        entries, length = _of_zip64(file, tail, place)
    if entries > limits.entries:
        raise TooLarge(what="entries", found=entries, most=limits.entries)
    if length > limits.directory:
        raise TooLarge(what="directory", found=length, most=limits.directory)
    if length > size:
        raise CutOff


def _of_zip64(file: BinaryIO, tail: bytes, place: int) -> tuple[int, int]:
    start = place - _LOCATOR_64.size
    if start < 0 or tail[start : start + 4] != b"PK\x06\x07":
        raise EntryDamaged(name="ZIP64")
    file.seek(_LOCATOR_64.unpack_from(tail, start)[2])
    record = file.read(_END_64.size)
    if len(record) < _END_64.size or record[:4] != b"PK\x06\x06":
        raise EntryDamaged(name="ZIP64")
    fields = _END_64.unpack(record)
    return int(fields[7]), int(fields[8])


def _judge_entries(archive: zipfile.ZipFile, limits: Limits) -> None:
    seen: set[str] = set()
    unpacked = 0
    for info in archive.infolist():
        name = safe(info.filename)
        if info.filename != info.orig_filename or stat.S_ISLNK(info.external_attr >> 16):
            raise UnsafePath(name=ascii(info.orig_filename)[:120])
        # Two names that one disk takes for the same would overwrite each other there.
        alike = name.casefold() if name.startswith(UPLOADS) else name
        if alike in seen:
            raise NamedTwice(name=name)
        seen.add(alike)
        if info.flag_bits & _ENCRYPTED or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise EntryDamaged(name=name)
        unpacked += info.file_size
    if unpacked > limits.unpacked:
        raise TooLarge(what="unpacked", found=unpacked, most=limits.unpacked)
