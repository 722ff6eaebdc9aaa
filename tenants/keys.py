"""The key of one workspace: 32 random bytes, kept only wrapped under the installation's root key.

Whoever destroys the wrapped key makes everything sealed with it unreadable, in backups too (security.md §2).
"""

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

_NONCE_BYTES = 12
_KEY_BYTES = 32


class WrongRoot(ValueError):
    """Not wrapped under SECRET_KEY or one of its fallbacks, or for another workspace, or damaged."""


def make(workspace: UUID) -> bytes:
    """A new key, wrapped: nonce, then AES-256-GCM under the root key with the workspace's uuid authenticated."""
    return _wrap(secrets.token_bytes(_KEY_BYTES), workspace)


def unwrap(sealed: bytes | memoryview, workspace: UUID) -> bytes:
    """The 32 bytes. Raises WrongRoot."""
    raw = bytes(sealed)
    for root in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_root(root)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], workspace.bytes)
        except InvalidTag:
            continue
    raise WrongRoot(str(workspace))


def rewrap(sealed: bytes | memoryview, workspace: UUID) -> bytes:
    """The same key under today's SECRET_KEY, so that a fallback can be taken away. Raises WrongRoot."""
    return _wrap(unwrap(sealed, workspace), workspace)


def _wrap(key: bytes, workspace: UUID) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_root(settings.SECRET_KEY)).encrypt(nonce, key, workspace.bytes)


def _root(secret: str | bytes) -> bytes:
    return HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=b"tongxin.tenants.keys").derive(force_bytes(secret))
