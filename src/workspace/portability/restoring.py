"""Put an archive back into the workspace in force, whose tables are there and empty: all of it or nothing."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from shared.workspace import Workspace, current_workspace
from workspace.portability import reading, schema, writing
from workspace.portability.exporting import Meter, Progress
from workspace.portability.limits import DEFAULT, Limits
from workspace.portability.manifest import EXACT, UPLOADS, Manifest
from workspace.portability.moving import Move, is_moved
from workspace.portability.reading import Archive
from workspace.portability.refusals import (
    NewerHead,
    NotEmpty,
    OlderHead,
    OtherColumns,
    RowRefused,
    TableMissing,
    UnknownTable,
)
from workspace.portability.register import Register
from workspace.portability.schema import Table
from workspace.portability.sealing import SEALED, Seal, as_line

_BATCH_BYTES = 1 << 20
_BATCH_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `notes` counts rows that could not stay as they were, and is empty unless it was a move."""

    manifest: Manifest
    notes: Mapping[str, int] = field(default_factory=dict)


def check(source: Path, *, of: Workspace, limits: Limits = DEFAULT, progress: Progress | None = None) -> Manifest:
    """Prove an archive to its last byte: made by the workspace `of`, whole, unchanged. Changes nothing.

    Raises ArchiveRefused (its subclasses say what is wrong), NoKey, OSError for a file that is not there.
    """
    with reading.opened(source, of=of, limits=limits) as archive:
        said = archive.manifest
        for number, name in enumerate(said.entries):
            if progress:
                progress(number, len(said.entries), name)
            table = name.removeprefix(EXACT).removesuffix(".jsonl")
            for _piece in archive.lines(table) if table in said.tables else archive.pieces(name):
                pass
        if progress:
            progress(len(said.entries), len(said.entries), "")
        return said


@transaction.atomic
def restore(
    source: Path,
    *,
    of: Workspace | None = None,
    files: Path,
    at: datetime,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
) -> Restored:
    """Fill the empty tables of the workspace in force, set its counters, and unpack its uploads below `files`.

    `of` is the workspace whose archive it is, when that is another one than the one in force: then what was bound to it
    is bound anew or left behind (`portability.moving`). Raises ArchiveRefused, NotEmpty, NoKey, OSError; then nothing
    was written.
    """
    here = current_workspace()
    origin = of or here
    move = None if origin.uuid == here.uuid else Move(origin, at=at)
    with reading.opened(source, of=origin, limits=limits) as archive:
        said = archive.manifest
        found = _fitting(said)
        meter = Meter(progress, total=said.rows + len(said.uploads))
        for table in found:
            _fill(archive, table, seal=Seal(origin), move=move, meter=meter)
            counter = said.tables[table.name].counter
            if counter:
                schema.set_counter(table, *counter)
        _compare_keys(found)
        _unpack(archive, files, meter)
    meter.end()
    return Restored(said, dict(move.notes) if move else {})


def _fitting(said: Manifest) -> list[Table]:
    """The tables to fill, in the archive's order. Raises where archive and schema differ, or where rows are there."""
    _compare_heads(said)
    out = Register().left_out()
    there = {table.name: table for table in schema.tables() if table.name not in out}
    for name, table in said.tables.items():
        if name not in there:
            raise UnknownTable(table=name)
        if different := set(there[name].written) ^ set(table.columns):
            raise OtherColumns(table=name, columns=", ".join(sorted(different)))
    for name in there:
        if name not in said.tables:
            raise TableMissing(table=name)
    for name, rows in schema.count(list(there.values())).items():
        if rows:
            raise NotEmpty(table=name)
    return [there[name] for name in said.tables]


def _compare_heads(said: Manifest) -> None:
    here, theirs = set(schema.applied()), set(said.migrations)
    if theirs - here:
        raise NewerHead(migration=".".join(min(theirs - here)))
    if here - theirs:
        raise OlderHead(migration=".".join(min(here - theirs)))


def _fill(archive: Archive, table: Table, *, seal: Seal, move: Move | None, meter: Meter) -> None:
    rows: Iterator[bytes] = meter.rows(archive.lines(table.name), table.name)
    if table.name in SEALED or (move and is_moved(table.name)):
        rows = _changed(rows, table.name, seal, move)
    insert = sql.SQL(
        "INSERT INTO {0} ({1}) OVERRIDING SYSTEM VALUE SELECT {1} FROM json_populate_recordset(NULL::{0}, %s::json)"
    ).format(table.identifier, sql.SQL(", ").join(map(sql.Identifier, table.written)))
    try:
        with connection.cursor() as cursor:
            for batch in _batches(rows):
                cursor.execute(insert, [batch.decode()])
    except (DatabaseError, UnicodeDecodeError) as error:
        raise RowRefused(table=table.name, why=str(error).partition("\n")[0][:200]) from error


def _changed(rows: Iterator[bytes], table: str, seal: Seal, move: Move | None) -> Iterator[bytes]:
    for line in rows:
        row = seal.open(table, json.loads(line))
        kept = move.row(table, row) if move else row
        if kept is not None:
            yield as_line(kept)


def _batches(rows: Iterator[bytes]) -> Iterator[bytes]:
    """JSON arrays of a bounded length."""
    held: list[bytes] = []
    length = 0
    for row in rows:
        held.append(row)
        length += len(row)
        if length >= _BATCH_BYTES or len(held) >= _BATCH_ROWS:
            yield b"[" + b",".join(held) + b"]"
            held, length = [], 0
    if held:
        yield b"[" + b",".join(held) + b"]"


def _compare_keys(found: list[Table]) -> None:
    """What points somewhere must find it: asked now and not at the commit, so that the answer has a name."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            # So that the first pages read with good plans.
            cursor.execute(
                sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(table.identifier for table in found if table.is_own))
            )
    except DatabaseError as error:
        table = getattr(getattr(error.__cause__, "diag", None), "table_name", None) or "?"
        raise RowRefused(table=table, why=str(error).partition("\n")[0][:200]) from error


def _unpack(archive: Archive, files: Path, meter: Meter) -> None:
    """Below an empty folder of its own; the names were judged with the container. Repeating it starts from nothing."""
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(parents=True)
    writing.ask_for_room(files, sum(archive.manifest.entries[name].bytes for name in archive.manifest.uploads))
    for name in archive.manifest.uploads:
        path = files / name.removeprefix(UPLOADS)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for piece in meter.files(archive.pieces(name), name):
                file.write(piece)
