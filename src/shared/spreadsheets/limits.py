"""What a file may cost, found out before any parser opens it.

A parser lays a sheet out as a rectangle, so one cell in the last corner of an empty sheet asks for
gigabytes; and a small archive can unpack to anything. Both are measured here on the raw bytes, with
bounded memory, and never by the sizes the file claims for itself.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shared.spreadsheets.refusals import Encrypted, TooLarge, Unreadable

_CHUNK = 1 << 16
_OVERLAP = 64
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,7})(\d{1,10})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,10})[\"']")
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.(?:xml|bin)$", re.IGNORECASE)
_LOCAL_HEADER = 30
_ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds; sizes in bytes. `ratio` is unpacked size to packed size, judged above 1 MiB unpacked."""

    file_bytes: int = 10 * 1024 * 1024
    unzipped_bytes: int = 120 * 1024 * 1024
    ratio: int = 150
    members: int = 2_000
    rows: int = 20_000
    # Rows of formatting below the data are common; the rectangle they span must still be bounded.
    sheet_rows: int = 100_000
    columns: int = 200
    sheets: int = 50


DEFAULT = Limits()


def check_size(data: bytes, limits: Limits) -> None:
    """Refuse a file that is too big as it stands."""
    if len(data) > limits.file_bytes:
        raise TooLarge(what=_("文件"), found=_megabytes(len(data)), limit=_megabytes(limits.file_bytes))


def check_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Unpack every part of a zip once, keeping nothing, and refuse bombs. Returns the open archive.

    Raises TooLarge, Encrypted, Unreadable.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise Unreadable from broken
    parts = archive.infolist()
    if len(parts) > limits.members:
        raise TooLarge(what=_("压缩包内文件数"), found=len(parts), limit=limits.members)
    total = 0
    for part in parts:
        if part.flag_bits & _ENCRYPTED_FLAG:
            raise Encrypted
        watch = _Extent(limits) if _SHEET.match(part.filename) else None
        for chunk in _unpacked(data, part):
            total += len(chunk)
            if total > limits.unzipped_bytes:
                raise TooLarge(what=_("解压后的大小"), found=_megabytes(total), limit=_megabytes(limits.unzipped_bytes))
            if total > 1024 * 1024 and total > limits.ratio * len(data):
                raise TooLarge(what=_("压缩比"), found=total // len(data), limit=limits.ratio)
            if watch:
                watch.feed(chunk)
    return archive


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of a part in chunks, whatever length it claims."""
    header = data[part.header_offset : part.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise Unreadable
    skip = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    start = part.header_offset + _LOCAL_HEADER + skip
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _CHUNK):
            yield bytes(packed[at : at + _CHUNK])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    feed: bytes | memoryview = packed
    try:
        while feed and not unpacker.eof:
            chunk = unpacker.decompress(feed, _CHUNK)
            feed = unpacker.unconsumed_tail
            if chunk:
                yield chunk
    except zlib.error as broken:
        raise Unreadable from broken


class _Extent:
    """Watches the XML of one sheet go by and refuses a cell too far out."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.tail = b""

    def feed(self, chunk: bytes) -> None:
        window = self.tail + chunk
        for letters, digits in _CELL.findall(window):
            self._row(int(digits))
            if (column := column_number(letters.decode())) > self.limits.columns:
                raise TooLarge(what=_("列数"), found=column, limit=self.limits.columns)
        for digits in _ROW.findall(window):
            self._row(int(digits))
        self.tail = window[-_OVERLAP:]

    def _row(self, row: int) -> None:
        if row > self.limits.sheet_rows:
            raise TooLarge(what=_("行数"), found=row, limit=self.limits.sheet_rows)


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"
