"""Change an archive as somebody would who means harm, or as a bad disk does."""

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

from shared.workspace import Workspace
from workspace.portability.manifest import NAME, SIGNATURE
from workspace.portability.sealing import Seal


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewrite(path: Path, changed: dict[str, bytes | None]) -> None:
    """The same ZIP with some entries replaced, added, or (None) gone."""
    held = {name: body for name, body in (entries(path) | changed).items() if body is not None}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in held.items():
            file.writestr(name, body)


def lie(path: Path, about: Callable[[dict], None], *, signed_by: Workspace | None = None) -> None:
    """Change the manifest; with the workspace's own key as well, which nobody outside has."""
    said = json.loads(entries(path)[NAME])
    about(said)
    if signed_by:
        # Consistent in itself, as only somebody with the key and the code could make it.
        said = _consistent(said)
    raw = json.dumps(said, ensure_ascii=False).encode()
    changed: dict[str, bytes | None] = {NAME: raw}
    if signed_by:
        changed[SIGNATURE] = Seal(signed_by).sign(raw).encode()
    rewrite(path, changed)


def _consistent(said: dict) -> dict:
    from workspace.portability import manifest

    made = manifest._read(said)
    return {**said, "head": made.head, "content": made.content, "rows": made.rows}


def data_of(path: Path, name: str) -> tuple[int, int]:
    """Where an entry's packed bytes begin and end in the file."""
    with zipfile.ZipFile(path) as file:
        info = file.getinfo(name)
        raw = path.read_bytes()
        header = info.header_offset
        start = header + 30 + int.from_bytes(raw[header + 26 : header + 28], "little")
        start += int.from_bytes(raw[header + 28 : header + 30], "little")
        return start, start + info.compress_size


def flip(path: Path, position: int, bit: int = 0) -> None:
    raw = bytearray(path.read_bytes())
    raw[position] ^= 1 << bit
    path.write_bytes(bytes(raw))


def with_names(path: Path, *names: str, link: bool = False) -> None:
    """Add entries under these names, whatever they are."""
    with zipfile.ZipFile(path, "a") as file:
        for name in names:
            info = zipfile.ZipInfo("x" * len(name))
            info.filename = name
            if link:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            file.writestr(info, b"/etc/passwd")
