"""How much of an archive is believed before it is proved. Sizes in bytes."""

from dataclasses import dataclass

GIB = 2**30


@dataclass(frozen=True, slots=True)
class Limits:
    """The file as it lies there, what it may say it holds, and what it may unpack to."""

    file: int = 8 * GIB
    entries: int = 200_000
    directory: int = 64 * 2**20  # the ZIP's own table of contents, read into memory as a whole
    manifest: int = 64 * 2**20  # the same
    unpacked: int = 64 * GIB


DEFAULT = Limits()
