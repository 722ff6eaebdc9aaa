"""Secrets that must be read back, sealed for one place: this workspace, this purpose, this row."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from shared.workspace import Workspace, current, workspace_id

_NONCE_BYTES = 12


class BrokenSeal(ValueError):
    """The text was not sealed here: another workspace, another row, another key, or damage."""


def seal(plain: bytes, *, purpose: str) -> str:
    """AES-256-GCM under a key of this workspace; `purpose` names table, column and row and is authenticated with it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_keys()[0]).encrypt(nonce, plain, purpose.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(text: str, *, purpose: str) -> bytes:
    """The plain bytes. Raises BrokenSeal."""
    try:
        raw = base64.b64decode(text)
    except ValueError as error:
        raise BrokenSeal(purpose) from error
    for key in _keys():
        try:
            return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            continue
    raise BrokenSeal(purpose)


def reseal(text: str, *, purpose: str, origin: Workspace) -> str:
    """What another workspace sealed, sealed for the one in force. Raises BrokenSeal."""
    token = current.set(origin)
    try:
        plain = unseal(text, purpose=purpose)
    finally:
        current.reset(token)
    return seal(plain, purpose=purpose)


def _keys() -> list[bytes]:
    """The one to seal with first: the workspace's own. The installation's keys seal for operators, and opened what was
    sealed before workspaces had keys."""
    workspace = current.get()
    own = [workspace.secret] if workspace and workspace.secret else []
    return [_derived(root) for root in (*own, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _derived(root: str | bytes) -> bytes:
    info = f"tongxin.accounts:{workspace_id()}".encode()
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(force_bytes(root))
