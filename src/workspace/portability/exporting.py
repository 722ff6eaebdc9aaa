"""Take everything out: one consistent instant of the workspace, streamed into one file."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import connection
from psycopg import sql

from shared.workspace import Workspace, current_workspace
from workspace.portability import people, schema, uploads, writing
from workspace.portability.manifest import (
    DICTIONARY,
    EXACT,
    NAME,
    PEOPLE,
    README,
    SIGNATURE,
    UPLOADS,
    Entry,
    Manifest,
    TableSaid,
)
from workspace.portability.refusals import NothingHere
from workspace.portability.register import Register
from workspace.portability.schema import Table
from workspace.portability.sealing import SEALED, Seal

# done, total, what is being done; rows, with files counted as one row each
Progress = Callable[[int, int, str], None]
_EVERY = 2_000  # rows between two words about progress
_BYTES_A_ROW = 300  # roughly, packed: for asking whether there is room


def export(destination: Path, *, at: datetime, progress: Progress | None = None) -> Manifest:
    """Write the workspace in force to a new archive. Returns what it says of itself.

    Inside a transaction that sees one instant (`inside(…, snapshot=True)`) nobody is disturbed; in any other one nobody
    writes until it ends. Raises NothingHere, NoKey, NoRoom, OSError; no half-written file stays.
    """
    workspace = current_workspace()
    seal = Seal(workspace)
    found = _tables()
    schema.settle()
    counted = schema.count(found)
    files = list(uploads.walk(uploads.folder(workspace.uuid)))
    size = sum(path.stat().st_size for _name, path in files) + sum(counted.values()) * _BYTES_A_ROW
    writing.ask_for_room(destination.parent, size)
    meter = Meter(progress, total=2 * sum(counted.values()) + len(files))
    with writing.written(destination, at=at) as out:
        manifest = _fill(out, workspace, found, files, seal=seal, meter=meter, at=at)
        encoded = manifest.encoded()
        out.add(NAME, [encoded])
        out.add(SIGNATURE, [seal.sign(encoded).encode()])
    meter.end()
    return manifest


def _fill(
    out: writing.Writer,
    workspace: Workspace,
    found: list[Table],
    files: list[tuple[str, Path]],
    *,
    seal: Seal,
    meter: "Meter",
    at: datetime,
) -> Manifest:
    register, known = Register(), schema.by_table()
    said: dict[str, TableSaid] = {}
    places = schema.counters(found)
    for table in found:
        name, before = table.name, meter.done
        out.add(f"{EXACT}{name}.jsonl", meter.rows(lines(table, seal), name))
        said[name] = TableSaid(meter.done - before, tuple(table.written), places.get(name))
        # One line more than rows: the header.
        out.add(f"{PEOPLE}{name}.csv", meter.rows(people.sheet(table, known.get(name), register), name))
    for name, path in files:
        out.add(f"{UPLOADS}{name}", meter.files(writing.pieces_of(path), name))
    out.add(DICTIONARY, people.dictionary(found, known, register))
    manifest = Manifest(
        workspace=workspace.uuid,
        name=workspace.name,
        slug=workspace.slug,
        created_at=at,
        migrations=tuple(schema.applied()),
        tables=said,
        left_out=register.left_out(),
        entries={},
    )
    out.add(README, [people.readme(replace(manifest, entries=out.entries))])
    return replace(manifest, entries=dict(out.entries))


def _tables() -> list[Table]:
    """What goes in, held still. Raises NothingHere."""
    out = Register().left_out()
    found = [table for table in schema.tables() if table.name not in out]
    if not found:
        raise NothingHere
    schema.hold_still(found)
    return found


def lines(table: Table, seal: Seal) -> Iterator[bytes]:
    """The table as JSON lines in the order of its key, its secrets sealed."""
    # Written by the database. Quote and delimiter are characters that JSON text never holds, so nothing is escaped.
    query = sql.SQL(
        "COPY (SELECT row_to_json(r) FROM (SELECT {} FROM {}) r ORDER BY {}) "
        "TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')"
    ).format(
        sql.SQL(", ").join(map(sql.Identifier, table.written)),
        table.identifier,
        sql.SQL(", ").join(_ordered(table)),
    )
    sealed = table.name in SEALED
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for row in copy:
            yield seal.close(table.name, bytes(row)) + b"\n" if sealed else bytes(row)


def _ordered(table: Table) -> Iterator[sql.Composable]:
    types = {column.name: column.type for column in table.columns}
    for name in table.key:
        # By bytes, so that two servers with different languages agree.
        text = types[name] in {"text", "character varying"}
        yield sql.SQL("r.{}" + (' COLLATE "C"' if text else "")).format(sql.Identifier(name))


def digest(files: Path | None = None) -> Manifest:
    """What an export of the workspace in force would say, without writing one: the same tables, digests and content.

    `files` is where its uploads lie, when not at their place yet.
    """
    workspace = current_workspace()
    seal, found = Seal(workspace), _tables()
    schema.settle()
    places = schema.counters(found)
    said, entries = {}, {}
    for table in found:
        rows, length, total = 0, 0, hashlib.sha256()
        for line in lines(table, seal):
            rows, length = rows + 1, length + len(line)
            total.update(line)
        said[table.name] = TableSaid(rows, tuple(table.written), places.get(table.name))
        entries[f"{EXACT}{table.name}.jsonl"] = Entry(length, total.hexdigest())
    for name, path in uploads.walk(files or uploads.folder(workspace.uuid)):
        total = hashlib.sha256()
        for piece in writing.pieces_of(path):
            total.update(piece)
        entries[f"{UPLOADS}{name}"] = Entry(path.stat().st_size, total.hexdigest())
    return Manifest(
        workspace=workspace.uuid,
        name=workspace.name,
        slug=workspace.slug,
        created_at=datetime.fromtimestamp(0).astimezone(),
        migrations=tuple(schema.applied()),
        tables=said,
        entries=entries,
    )


class Meter:
    """Counts rows and files as they pass and says so now and then."""

    def __init__(self, progress: Progress | None, *, total: int) -> None:
        self._progress = progress
        self._total = total
        self._said = 0
        self.done = 0

    def rows(self, lines: Iterator[bytes], what: str) -> Iterator[bytes]:
        self._say(what)
        for line in lines:
            self.done += 1
            if self.done - self._said >= _EVERY:
                self._say(what)
            yield line

    def files(self, pieces: Iterator[bytes], what: str) -> Iterator[bytes]:
        self._say(what)
        yield from pieces
        self.done += 1

    def end(self) -> None:
        self.done = self._total
        self._say("")

    def _say(self, what: str) -> None:
        self._said = self.done
        if self._progress:
            self._progress(min(self.done, self._total), self._total, what)
