"""What a workspace costs the server: bytes of relation files, relations, and rows of the system catalogue.

An index or a sequence is at least one page of 8 KiB, and so is the index of a table's TOAST relation, which every table
has that holds a column without a bound. With thousands of workspaces that is what fills the disk, not their content.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from tenants.names import safe_schema

BUDGET_BYTES = 3 * 2**19  # 1.5 MB as PostgreSQL counts, of an empty workspace (tenancy.md, decision 6)

# Every relation of the schema, its TOAST relations and their indexes included, with the bytes of all its files.
_RELATIONS = """
WITH own AS (
    SELECT c.oid, c.relname::text AS owner, c.reltoastrelid,
           CASE c.relkind WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'i', 'I', 'S', 'm')
), named AS (
    SELECT own.oid, own.kind, own.reltoastrelid, coalesce(t.relname::text, q.relname::text, own.owner) AS owner
    FROM own
    LEFT JOIN pg_index x ON x.indexrelid = own.oid LEFT JOIN pg_class t ON t.oid = x.indrelid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = own.oid AND own.kind = 'sequence'
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('i', 'a')
    LEFT JOIN pg_class q ON q.oid = d.refobjid
), toast AS (
    SELECT reltoastrelid AS oid, 'toast' AS kind, owner FROM named WHERE reltoastrelid <> 0
), every AS (
    SELECT oid, kind, owner FROM named
    UNION ALL SELECT oid, kind, owner FROM toast
    UNION ALL SELECT x.indexrelid, 'toast', owner FROM toast JOIN pg_index x ON x.indrelid = toast.oid
)
SELECT owner, kind, oid,
       pg_relation_size(oid, 'main') + pg_relation_size(oid, 'fsm') + pg_relation_size(oid, 'vm') AS bytes
FROM every
"""

# Which rows of which catalogue belong to a set of relations and a namespace. `relations` and `space` are parameters.
_CATALOGUE = {
    "pg_class": "oid = ANY(%(relations)s)",
    "pg_attribute": "attrelid = ANY(%(relations)s)",
    "pg_index": "indexrelid = ANY(%(relations)s)",
    "pg_constraint": "connamespace = %(space)s",
    "pg_type": "typnamespace = %(space)s",
    "pg_trigger": "tgrelid = ANY(%(relations)s)",
    "pg_attrdef": "adrelid = ANY(%(relations)s)",
    "pg_sequence": "seqrelid = ANY(%(relations)s)",
    "pg_proc": "pronamespace = %(space)s",
    "pg_depend": (
        "(classid = 'pg_class'::regclass AND objid = ANY(%(relations)s)) "
        "OR (classid = 'pg_constraint'::regclass AND objid IN "
        "(SELECT oid FROM pg_constraint WHERE connamespace = %(space)s)) "
        "OR (classid = 'pg_type'::regclass AND objid IN (SELECT oid FROM pg_type WHERE typnamespace = %(space)s)) "
        "OR (classid = 'pg_trigger'::regclass AND objid IN "
        "(SELECT oid FROM pg_trigger WHERE tgrelid = ANY(%(relations)s))) "
        "OR (classid = 'pg_attrdef'::regclass AND objid IN "
        "(SELECT oid FROM pg_attrdef WHERE adrelid = ANY(%(relations)s)))"
    ),
    "pg_shdepend": (
        "dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) "
        "AND (objid = ANY(%(relations)s) OR objid = %(space)s)"
    ),
}


@dataclass(frozen=True)
class Cost:
    """Bytes by kind of relation (`table`, `index`, `sequence`, `toast`), relations by kind, bytes by the table that
    each relation serves, and rows by catalogue."""

    bytes: dict[str, int]
    relations: dict[str, int]
    tables: dict[str, int]
    catalogue: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    @property
    def rows(self) -> int:
        return sum(self.catalogue.values())

    @property
    def files(self) -> int:
        """Relations with a file of their own; an empty table has one of no length."""
        return sum(self.relations.values())


def cost(schema: str) -> Cost:
    """Measure one schema. An unknown one costs nothing. Raises UnsafeName for a name that is none of ours."""
    sizes: dict[str, int] = {}
    counts: dict[str, int] = {}
    tables: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_RELATIONS, [safe_schema(schema)])
        found = cursor.fetchall()
        for owner, kind, _oid, size in found:
            sizes[kind] = sizes.get(kind, 0) + size
            counts[kind] = counts.get(kind, 0) + 1
            tables[owner] = tables.get(owner, 0) + size
        cursor.execute("SELECT oid FROM pg_namespace WHERE nspname = %s", [schema])
        space = (cursor.fetchone() or (0,))[0]
        values = {"relations": [oid for _owner, _kind, oid, _size in found], "space": space}
        catalogue = {name: _count(cursor, name, condition, values) for name, condition in _CATALOGUE.items()}
    return Cost(sizes, counts, tables, {name: number for name, number in catalogue.items() if number})


def _count(cursor: Any, name: str, condition: str, values: dict[str, Any]) -> int:
    cursor.execute(f"SELECT count(*) FROM {name} WHERE {condition}", values)  # noqa: S608  constants of this module
    return int(cursor.fetchone()[0])
