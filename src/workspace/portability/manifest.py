"""What an archive says it holds: written last, signed, and the measure for everything else in it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from workspace.portability.refusals import ManifestDamaged, OtherFormat

FORMAT = "tongxin-workspace"
VERSION = 1
NAME = "manifest.json"
SIGNATURE = "manifest.mac"
EXACT = "data/"  # JSON lines, one file a table
PEOPLE = "tables/"  # the same for spreadsheets
UPLOADS = "uploads/"
DICTIONARY = "fields.csv"
README = "README.txt"

Migrations = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the archive: its length unpacked, and its SHA-256 in hexadecimal."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableSaid:
    """One table: how many rows, of which columns, and where its counter stands (None: it has none)."""

    rows: int
    columns: tuple[str, ...]
    counter: tuple[int, bool] | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """`tables` stand in order of dependence. `entries` names every file but the manifest and its signature."""

    workspace: UUID
    name: str
    slug: str
    created_at: datetime
    migrations: tuple[tuple[str, str], ...]
    tables: Mapping[str, TableSaid]
    entries: Mapping[str, Entry]
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The digest of the migrations behind the schema; equal heads hold the same tables."""
        return head_of(self.migrations)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def unpacked(self) -> int:
        """Bytes of all entries."""
        return sum(entry.bytes for entry in self.entries.values())

    @property
    def uploads(self) -> list[str]:
        return [name for name in self.entries if name.startswith(UPLOADS)]

    @property
    def content(self) -> str:
        """SHA-256 over exact data, uploads, counters and head: equal for equal content, whenever it was taken."""
        parts = [f"head {self.head}"]
        for name, table in sorted(self.tables.items()):
            parts.append(f"table {name} {table.rows} {table.counter}")
        for name, entry in sorted(self.entries.items()):
            if name.startswith((EXACT, UPLOADS)):
                parts.append(f"entry {name} {entry.sha256}")
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def encoded(self) -> bytes:
        """The bytes that are signed and stored."""
        said: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "workspace": {"uuid": str(self.workspace), "name": self.name, "slug": self.slug},
            "created_at": self.created_at.isoformat(),
            "head": self.head,
            "migrations": [list(each) for each in self.migrations],
            "content": self.content,
            "rows": self.rows,
            "tables": {
                name: {"rows": table.rows, "columns": list(table.columns), "counter": table.counter}
                for name, table in self.tables.items()
            },
            "left_out": dict(self.left_out),
            "entries": {name: {"bytes": e.bytes, "sha256": e.sha256} for name, e in self.entries.items()},
        }
        return json.dumps(said, ensure_ascii=False, indent=1).encode()


def decode(raw: bytes) -> Manifest:
    """Read a manifest that nobody has proved yet. Raises ManifestDamaged, OtherFormat."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ManifestDamaged(what="JSON") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ManifestDamaged(what="format")
    if said.get("version") != VERSION:
        raise OtherFormat(found=str(said.get("version"))[:20], known=VERSION)
    try:
        made = _read(said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestDamaged(what=f"{type(error).__name__} {error}"[:80]) from error
    for name in ("head", "content", "rows"):
        if said.get(name) != getattr(made, name):
            raise ManifestDamaged(what=name)
    return made


def _read(said: dict[str, Any]) -> Manifest:
    return Manifest(
        workspace=UUID(said["workspace"]["uuid"]),
        name=str(said["workspace"]["name"]),
        slug=str(said["workspace"]["slug"]),
        created_at=datetime.fromisoformat(said["created_at"]),
        migrations=tuple((str(app), str(name)) for app, name in said["migrations"]),
        tables={str(name): _table(table) for name, table in said["tables"].items()},
        left_out={str(name): str(why) for name, why in said["left_out"].items()},
        entries={str(name): Entry(int(e["bytes"]), str(e["sha256"])) for name, e in said["entries"].items()},
    )


def _table(said: dict[str, Any]) -> TableSaid:
    counter = said["counter"]
    return TableSaid(
        rows=int(said["rows"]),
        columns=tuple(str(column) for column in said["columns"]),
        counter=(int(counter[0]), bool(counter[1])) if counter else None,
    )


def head_of(migrations: Migrations) -> str:
    """The digest of a list of applied migrations, whatever order it comes in."""
    return hashlib.sha256(json.dumps(sorted(list(each) for each in migrations)).encode()).hexdigest()
