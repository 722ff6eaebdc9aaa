"""What binds an archive to its workspace: the signature over the manifest, and the seal over the secrets inside.

Both keys are derived from the workspace's own, so they die with it. The seal is deterministic (AES-SIV): the same
content makes the same archive, which is what lets two exports be compared.
"""

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.workspace import Workspace
from workspace.portability.refusals import EntryDamaged, NoKey

# Exact data holds these sealed: whoever carries an archive away carries nobody's password along to be guessed at.
SEALED = {"accounts_user": ("password", "past_passwords")}


class Seal:
    """The keys of one workspace's archives. Raises NoKey for a workspace whose key is gone."""

    def __init__(self, workspace: Workspace) -> None:
        if not workspace.secret:
            raise NoKey(name=workspace.name)
        self._mac = _derived(workspace, "mac", 32)
        self._siv = AESSIV(_derived(workspace, "seal", 64))

    def sign(self, manifest: bytes) -> str:
        """HMAC-SHA256 over the manifest's bytes, in hexadecimal."""
        return hmac.digest(self._mac, manifest, hashlib.sha256).hex()

    def signed(self, manifest: bytes, signature: str) -> bool:
        return hmac.compare_digest(self.sign(manifest).encode(), signature.strip().encode())

    def close(self, table: str, line: bytes) -> bytes:
        """A line of exact data with its secrets sealed."""
        row = json.loads(line)
        for column in SEALED[table]:
            if row.get(column) is not None:
                plain = json.dumps(row[column], ensure_ascii=False).encode()
                row[column] = base64.b64encode(self._siv.encrypt(plain, _about(table, column, row))).decode()
        return as_line(row)

    def open(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        """The row with its secrets as they were. Raises EntryDamaged for one that was sealed elsewhere."""
        for column in SEALED.get(table, ()):
            if row.get(column) is not None:
                try:
                    plain = self._siv.decrypt(base64.b64decode(row[column]), _about(table, column, row))
                except (InvalidTag, ValueError) as error:
                    raise EntryDamaged(name=f"{table}.{column}") from error
                row[column] = json.loads(plain)
        return row


def as_line(row: dict[str, Any]) -> bytes:
    """One line of exact data, in the form the database writes it."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def _about(table: str, column: str, row: dict[str, Any]) -> list[bytes]:
    return [table.encode(), column.encode(), str(row["id"]).encode()]


def _derived(workspace: Workspace, use: str, length: int) -> bytes:
    info = f"tongxin.portability.{use}:{workspace.uuid}".encode()
    return HKDF(hashes.SHA256(), length, salt=None, info=info).derive(workspace.secret)
