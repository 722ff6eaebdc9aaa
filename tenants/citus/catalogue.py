"""The rules over an opened schema, by the system catalogue."""

from typing import Any

from django.conf import settings
from django.db import connection

from tenants.citus.findings import Excuses, Finding, Rule
from tenants.citus.statements import lint_text
from tenants.names import safe_schema

# Each yields (table or object, column or other end, what stands there). %(schema)s and %(shared)s are parameters.
_QUERIES: dict[Rule, tuple[str, ...]] = {
    Rule.FOREIGN_KEY: (
        """
        SELECT a.relname, k.conname, n2.nspname || '.' || b.relname
        FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
        JOIN pg_namespace n1 ON n1.oid = a.relnamespace JOIN pg_namespace n2 ON n2.oid = b.relnamespace
        WHERE k.contype = 'f' AND n1.oid <> n2.oid AND %(schema)s IN (n1.nspname, n2.nspname)
        """,
    ),
    Rule.PRIMARY_KEY: (
        """
        SELECT c.relname, '', 'has no primary key'
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = %(schema)s AND c.relkind IN ('r', 'p')
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
        """,
    ),
    Rule.KEY_TYPE: (
        """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(k.conkey)
        WHERE n.nspname = %(schema)s AND k.contype = 'p' AND a.atttypid NOT IN ('int8'::regtype, 'uuid'::regtype)
        """,
        """
        SELECT c.relname, a.attname, 'a sequence of ' || format_type(a.atttypid, a.atttypmod)
        FROM pg_class s JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid
          AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        JOIN pg_class c ON c.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
        WHERE s.relkind = 'S' AND c.relnamespace = to_regnamespace(%(schema)s) AND a.atttypid <> 'int8'::regtype
        """,
    ),
    Rule.INHERITANCE: (
        """
        SELECT c.relname, p.relname, 'inherits or is a partition'
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
        WHERE c.relkind IN ('r', 'p', 'f') AND (c.relnamespace = to_regnamespace(%(schema)s)
          OR p.relnamespace = to_regnamespace(%(schema)s))
        """,
    ),
    Rule.FOREIGN_TABLE: (
        """
        SELECT c.relname, '', 'is a foreign table'
        FROM pg_class c WHERE c.relnamespace = to_regnamespace(%(schema)s) AND c.relkind = 'f'
        """,
    ),
    Rule.CROSS_SCHEMA: (
        """
        SELECT c.relname, a.attname, 'has the type ' || format_type(a.atttypid, a.atttypmod)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
        JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE c.relnamespace = to_regnamespace(%(schema)s) AND c.relkind IN ('r', 'p') AND NOT a.attisdropped
          AND n.nspname NOT IN ('pg_catalog', %(schema)s, %(shared)s)
        """,
        """
        SELECT c.relname, g.tgname, 'calls ' || n.nspname || '.' || p.proname
        FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
        JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE c.relnamespace = to_regnamespace(%(schema)s) AND n.nspname NOT IN ('pg_catalog', %(schema)s, %(shared)s)
        """,
        """
        SELECT DISTINCT v.relname, '', 'reads ' || n.nspname || '.' || c.relname
        FROM pg_rewrite w JOIN pg_class v ON v.oid = w.ev_class
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
          AND d.refclassid = 'pg_class'::regclass
        JOIN pg_class c ON c.oid = d.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE v.relnamespace = to_regnamespace(%(schema)s) AND n.nspname NOT IN ('pg_catalog', %(schema)s)
        """,
        """
        SELECT c.relname, a.attname, 'has a default of ' || n.nspname || '.' || coalesce(s.relname, p.proname)
        FROM pg_attrdef f JOIN pg_class c ON c.oid = f.adrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.adnum
        JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid
        LEFT JOIN pg_class s ON d.refclassid = 'pg_class'::regclass AND s.oid = d.refobjid
        LEFT JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
        JOIN pg_namespace n ON n.oid = coalesce(s.relnamespace, p.pronamespace)
        WHERE c.relnamespace = to_regnamespace(%(schema)s) AND n.nspname NOT IN ('pg_catalog', %(schema)s, %(shared)s)
        """,
    ),
}
_BODIES = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = to_regnamespace(%(schema)s)"


def lint(schema: str, *, excused: Excuses | None = None) -> list[Finding]:
    """What breaks a rule in an opened schema. Raises UnsafeName for a name that is none of ours."""
    values = {"schema": safe_schema(schema), "shared": settings.EXTENSIONS_SCHEMA}
    found: list[Finding] = []
    with connection.cursor() as cursor:
        for rule, queries in _QUERIES.items():
            for query in queries:
                cursor.execute(query, values)
                found += [_finding(rule, row) for row in cursor.fetchall() if not _is_excused(rule, row, excused or {})]
        cursor.execute(_BODIES, values)
        for name, body in cursor.fetchall():
            found += [Finding(Rule.CROSS_SCHEMA, name, f"speaks of {other}") for other in lint_text(body)]
    return found


def _finding(rule: Rule, row: tuple[Any, ...]) -> Finding:
    table, part, what = row
    return Finding(rule, f"{table}.{part}" if part else table, what)


def _is_excused(rule: Rule, row: tuple[Any, ...], excused: Excuses) -> bool:
    return rule is Rule.KEY_TYPE and (row[0], row[1]) in excused
