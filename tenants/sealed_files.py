"""A file under a workspace's key: AES-256-GCM in frames, so that a large one needs little memory.

Each frame is bound to the workspace, to its place in the file and to whether it is the last, so that frames can be
neither exchanged nor dropped, the tail included (the STREAM construction of Hoang et al., CRYPTO 2015).
"""

import hashlib
import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MAGIC = b"TXSEAL1\n"
_SALT_BYTES = 16
_FRAME_BYTES = 1 << 20
_TAG_BYTES = 16


class BrokenFile(ValueError):
    """Not sealed with this key for this workspace, or damaged, or cut."""


def seal(source: Path, destination: Path, *, key: bytes, workspace: UUID) -> str:
    """Write `destination`, whole or not at all. Returns the SHA-256 of the sealed file, in hexadecimal."""
    salt = secrets.token_bytes(_SALT_BYTES)
    cipher, digest = _cipher(key, salt), hashlib.sha256()
    partial = destination.with_suffix(".partial")
    with source.open("rb") as plain, partial.open("wb") as out:
        for piece in _sealed(plain, cipher, workspace, salt):
            out.write(piece)
            digest.update(piece)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(destination)
    return digest.hexdigest()


def unseal(source: Path, destination: Path, *, key: bytes, workspace: UUID) -> None:
    """The plain file again. Raises BrokenFile, and then leaves nothing behind."""
    try:
        with source.open("rb") as sealed, destination.open("wb") as out:
            cipher = _cipher(key, _salt_of(sealed))
            for number, frame, last in _frames(sealed, _FRAME_BYTES + _TAG_BYTES):
                out.write(cipher.decrypt(_nonce(number, last), frame, workspace.bytes))
    except (InvalidTag, BrokenFile) as error:
        destination.unlink(missing_ok=True)
        raise BrokenFile(source.name) from error


def _salt_of(sealed: BinaryIO) -> bytes:
    head = sealed.read(len(_MAGIC) + _SALT_BYTES)
    if not head.startswith(_MAGIC):
        raise BrokenFile("no sealed file")
    return head[len(_MAGIC) :]


def _sealed(plain: BinaryIO, cipher: AESGCM, workspace: UUID, salt: bytes) -> Iterator[bytes]:
    yield _MAGIC + salt
    for number, frame, last in _frames(plain, _FRAME_BYTES):
        yield cipher.encrypt(_nonce(number, last), frame, workspace.bytes)


def _frames(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes, and whether it is the last; an empty file is one empty frame."""
    number, frame = 0, file.read(size)
    while True:
        following = file.read(size)
        yield number, frame, not following
        if not following:
            return
        number, frame = number + 1, following


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=salt, info=b"tongxin.tenants.sealed_files").derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">QI", number, int(last))
