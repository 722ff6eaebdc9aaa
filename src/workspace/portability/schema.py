"""The workspace's own tables as the database has them: columns, keys, counters, and the order in which they depend.

Read from the catalogue and not from the models, because a release serves the schema of the one before it too.
"""

import json
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from psycopg import sql

MIGRATIONS = "django_migrations"
_COLUMNS = """
SELECT c.relname, pg_get_userbyid(c.relowner) = current_user,
       a.attname, format_type(a.atttypid, NULL), a.attgenerated <> '',
       pg_get_serial_sequence(quote_ident(c.relname), a.attname), array_position(i.indkey::int2[], a.attnum)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT')
ORDER BY c.relname, a.attnum
"""


@dataclass(frozen=True, slots=True)
class Column:
    """`type` as PostgreSQL writes it, without lengths. `is_generated`: the database computes it by itself."""

    name: str
    type: str
    is_generated: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: columns in their order, the columns of the primary key, and the column that counts by itself.

    `is_own` is false for the record, which belongs to its keeper and may only be added to.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    counter: str = ""
    is_own: bool = True

    @property
    def written(self) -> list[str]:
        """The columns that an archive carries, in an order that does not hang on the history of the table."""
        return sorted(column.name for column in self.columns if not column.is_generated)

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(self.name)


def models_in_order() -> list[type[models.Model]]:
    """Every model of a workspace, what others point to first; of equals, the one named first in the settings."""
    named = set(settings.TENANT_APPS)
    found = [model for config in apps.get_app_configs() if config.name in named for model in _all_of(config)]
    graph: TopologicalSorter[type[models.Model]] = TopologicalSorter()
    for model in found:
        pointed = {field.related_model for field in model._meta.local_fields if field.is_relation}
        graph.add(model, *(other for other in pointed if other in found and other is not model))
    return list(graph.static_order())


def _all_of(config: Any) -> list[type[models.Model]]:
    return list(config.get_models(include_auto_created=True))


def by_table() -> dict[str, type[models.Model]]:
    """Table → model, in order of dependence."""
    return {model._meta.db_table: model for model in models_in_order()}


def tables() -> list[Table]:
    """The tables of the schema in force, in order of dependence; those of another release stand last."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        for name, *row in cursor.fetchall():
            rows.setdefault(name, []).append(tuple(row))
    order = {name: number for number, name in enumerate(by_table())}
    found = [_table(name, columns) for name, columns in rows.items() if name != MIGRATIONS]
    return sorted(found, key=lambda table: (order.get(table.name, len(order)), table.name))


def _table(name: str, rows: list[tuple[Any, ...]]) -> Table:
    columns = tuple(Column(column, kind, generated) for _own, column, kind, generated, _sequence, _place in rows)
    key = sorted((place, column) for _own, column, _kind, _generated, _sequence, place in rows if place is not None)
    counter = next((column for _own, column, _kind, _generated, sequence, _place in rows if sequence), "")
    return Table(name, columns, tuple(column for _place, column in key), counter, is_own=rows[0][0])


def applied() -> list[tuple[str, str]]:
    """The migrations that made this schema: (app, name), sorted. None where there is no table to ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NULL", [MIGRATIONS])
        if cursor.fetchone()[0]:
            return []
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted((app, name) for app, name in cursor.fetchall())


def counters(found: list[Table]) -> dict[str, tuple[int, bool]]:
    """Table → where its counter stands: the last number, and whether it was given out."""
    counted = [table for table in found if table.counter]
    if not counted:
        return {}
    said = {}
    with connection.cursor() as cursor:
        for table in counted:
            cursor.execute("SELECT pg_get_serial_sequence(quote_ident(%s), %s)", [table.name, table.counter])
            # The answer is qualified and quoted by the database itself.
            cursor.execute(sql.SQL("SELECT last_value, is_called FROM ") + sql.SQL(cursor.fetchone()[0]))
            said[table.name] = cursor.fetchone()
    return said


def set_counter(table: Table, value: int, called: bool) -> None:
    """Let the counter go on from there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s), %s, %s)",
            [table.name, table.counter, value, called],
        )


def count(found: list[Table]) -> dict[str, int]:
    """Rows of each table, in one statement."""
    if not found:
        return {}
    each = (sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(t.name), t.identifier) for t in found)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(each))
        return dict(cursor.fetchall())


def settle() -> None:
    """Write values in one form, whatever the connection was set to; ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true), "
            "set_config('IntervalStyle', 'postgres', true), set_config('bytea_output', 'hex', true), "
            "set_config('extra_float_digits', '1', true)"
        )


def hold_still(found: list[Table]) -> None:
    """No table changes its shape until the transaction ends, nor its rows, unless it sees one instant anyway."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_isolation')")
        mode = "SHARE" if cursor.fetchone()[0] == "read committed" else "ACCESS SHARE"
        own = [table for table in found if table.is_own or mode == "ACCESS SHARE"]
        names = sql.SQL(", ").join(table.identifier for table in own)
        cursor.execute(sql.SQL("LOCK TABLE {} IN {} MODE").format(names, sql.SQL(mode)))
        if len(own) < len(found):
            cursor.execute("SELECT hold_record()")


def is_kept() -> bool:
    """Whether the record is the keeper's, as since it has a chain."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('audit_entry') "
            "AND attname = 'position')"
        )
        return bool(cursor.fetchone()[0])


def add_old_line(verb: str, *, kind: str, thing: str, label: str, details: dict[str, Any]) -> None:
    """A line in the record of a release that had no chain yet; the fleet brings it forward."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (verb, kind, thing, label, by_name, at, details) "
            "VALUES (%s, %s, %s, %s, '', now(), %s::jsonb)",
            [verb, kind, thing, label[:200], json.dumps(details)],
        )
