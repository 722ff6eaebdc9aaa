"""What a workspace is made of, as a value two workspaces can be compared by."""

import hashlib
from typing import Any

from django.db import connection

from tenants import context
from tenants.models import Tenant

_COLUMNS = (
    "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, ''), "
    "coalesce(character_maximum_length, 0), is_identity FROM information_schema.columns WHERE table_schema = %s "
    "ORDER BY 1, 2"
)
_CONSTRAINTS = (
    "SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k "
    "JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = %s AND k.contype <> 'n' ORDER BY 1, 2"
)
_INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s ORDER BY 1, 2"
_TRIGGERS = (
    "SELECT event_object_table, trigger_name, action_statement FROM information_schema.triggers "
    "WHERE trigger_schema = %s ORDER BY 1, 2"
)


def shape(tenant: Tenant) -> str:
    """A digest of tables, columns, constraints, indexes and triggers, whatever the schema is called."""
    return hashlib.sha256(repr(parts(tenant)).encode()).hexdigest()


def parts(tenant: Tenant) -> list[Any]:
    """The same before it is digested, for a failure's message."""
    found: list[Any] = []
    with context.inside(tenant), connection.cursor() as cursor:
        for query in (_COLUMNS, _CONSTRAINTS, _INDEXES, _TRIGGERS):
            cursor.execute(query, [tenant.schema_name])
            found += [[str(value).replace(tenant.schema_name, "t") for value in row] for row in cursor.fetchall()]
    return found


def rows(tenant: Tenant) -> dict[str, int]:
    """How many rows each table holds."""
    with context.inside(tenant), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [tenant.schema_name])
        counted = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counted[table] = cursor.fetchone()[0]
    return counted
