"""Statements that go out in one round trip, for the few places where one for each would be felt.

Rows are written as Django writes them: defaults, conversions, and the times that fields fill in by themselves. As with
`bulk_create`, no signal is sent and no `save` is called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault


@dataclass(frozen=True)
class Found:
    """The key of the one row whose `field` has the value, found when the script runs."""

    model: type[Model]
    field: str
    value: Any

    @property
    def place(self) -> str:
        """As a value of a statement."""
        meta = self.model._meta
        key, column = _quoted(meta.pk.column), _quoted(meta.get_field(self.field).column)  # type: ignore[union-attr]
        return f"(SELECT {key} FROM {_quoted(meta.db_table)} WHERE {column} = %s)"  # noqa: S608  a model's own names


class Script:
    """Collects statements; `run` sends them and hands the first row of each answer to who asked for it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._values: list[Any] = []
        self._asked: list[tuple[int, Callable[[Any], object]]] = []
        self._new: list[Model] = []
        # The thread's own, looked up once and not at every value.
        self._connection: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]

    def plain(self, statements: str) -> None:
        """SQL of our own making without values, one statement or several."""
        self._parts.append(statements.replace("%", "%%"))

    def ask(self, statement: str, *values: Any, then: Callable[[Any], object]) -> None:
        """One statement whose answer, a row or None, `then` is told. Behind it only single statements may stand."""
        self._asked.append((len(self._parts), then))
        self._parts.append(statement)
        self._values += values

    def insert(self, *rows: Model, once: bool = False) -> None:
        """New rows. A key may be left to the database, also where a later row of the script points to it; `once` leaves
        out what a unique constraint has already. A foreign key may be `Found`."""
        for row in rows:
            start, fields = _beginning(type(row), row.pk is not None)
            places = ", ".join([self._place(row, field) for field in fields])
            self._parts.append(f"{start} VALUES ({places}){' ON CONFLICT DO NOTHING' if once else ''}")
            self._new.append(row)

    def update(self, row: Model, *names: str, by: str = "pk") -> None:
        """Fields of a row that is there, found by its key or the field `by`."""
        fields: list[Field[Any, Any]] = [row._meta.get_field(name) for name in names]  # type: ignore[misc]
        pairs = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
        known: Field[Any, Any] = row._meta.pk if by == "pk" else row._meta.get_field(by)  # type: ignore[assignment]
        where = f"{_quoted(row._meta.db_table)} SET {pairs} WHERE {_quoted(known.column)} = %s"
        self._parts.append(f"UPDATE {where}")
        self._values += [_stored(row, field, self._connection, new=False) for field in [*fields, known]]

    def run(self) -> None:
        """Send it. Raises IntegrityError and whatever else the database says, then none of it was done; and what those
        say who asked."""
        with self._connection.cursor() as cursor:
            cursor.execute(";\n".join(self._parts), self._values)
            answers = _answers(cursor.cursor, len(self._parts), [place for place, _then in self._asked])
        for row in self._new:
            row._state.adding, row._state.db = False, self._connection.alias
        for (_place, then), answer in zip(self._asked, answers, strict=True):
            then(answer)

    def _place(self, row: Model, field: "Field[Any, Any]") -> str:
        value = getattr(row, field.attname)
        if value is None and (target := row._state.fields_cache.get(field.name)) is not None:
            # Inserted before in this script, with a key that only the database knows yet.
            self._values += [target._meta.db_table, target._meta.pk.column]
            return "currval(pg_get_serial_sequence(%s, %s))"
        if isinstance(value, DatabaseDefault):
            return "DEFAULT"
        if isinstance(value, Found):
            self._values.append(value.value)
            return value.place
        self._values.append(_stored(row, field, self._connection, new=True))
        return "%s"


@cache
def _beginning(model: type[Model], has_key: bool) -> tuple[str, list["Field[Any, Any]"]]:
    """Of an INSERT, up to its values, and the fields it names."""
    fields = [field for field in model._meta.local_concrete_fields if has_key or not field.primary_key]
    columns = ", ".join(_quoted(field.column) for field in fields)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns})", fields


def violated_table(error: IntegrityError) -> str:
    """Whose constraint said no; empty where the database does not tell."""
    return getattr(getattr(error.__cause__, "diag", None), "table_name", None) or ""


def _answers(cursor: Any, count: int, asked: list[int]) -> list[tuple[Any, ...] | None]:
    """From the end, because plain SQL may hold more statements than one and stands at the front."""
    results = [cursor.fetchone() if cursor.description else None]
    while cursor.nextset():
        results.append(cursor.fetchone() if cursor.description else None)
    return [results[index - count] for index in asked]


def _stored(row: Model, field: "Field[Any, Any]", to: BaseDatabaseWrapper, *, new: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=new), to)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
