"""The keeper (记录保管): a role that owns the one table of a workspace to which its own role may only add.

A table's owner can switch its triggers off and give itself every right. So the record belongs to a role that no request
and no job ever steps into; the workspace may read it and add to it. See docs/subsystems/audit.md.
"""

from importlib import resources
from typing import Any

from django.conf import settings
from django.db import connection

from tenants.context import control_role
from tenants.names import safe_schema

TABLE = "audit_entry"
# What guards it, by name; `is_kept` looks whether all of them are there and switched on.
TRIGGERS = ("kept_change", "kept_delete", "kept_seal", "kept_truncate")


def role() -> str:
    """The keeper's name, after the login role of this installation."""
    return f"{settings.DATABASES['default']['USER']}_keeper"


def grant(cursor: Any) -> None:
    """Its functions and what they read, after the control schema was migrated. Running it again changes nothing."""
    keeper, extensions = connection.ops.quote_name(role()), connection.ops.quote_name(settings.EXTENSIONS_SCHEMA)
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {keeper}")
    cursor.execute(f"GRANT SELECT (schema_name, state) ON public.tenants_tenant TO {keeper}")
    cursor.execute(f"GRANT CREATE ON SCHEMA {extensions} TO {keeper}")
    cursor.execute(f"SET LOCAL ROLE {keeper}")
    cursor.execute(_functions())
    cursor.execute("SET LOCAL ROLE NONE")
    cursor.execute(f"REVOKE CREATE ON SCHEMA {extensions} FROM {keeper}")
    # A mark that was set once stays: the console may read it, and nobody may change it.
    control = connection.ops.quote_name(control_role())
    cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON public.tenants_anchor FROM {control}")


def _functions() -> str:
    from tenants.models import Tenant

    text = resources.files("tenants.keeping").joinpath("functions.sql").read_text(encoding="utf-8")
    serving = ", ".join(f"'{state.value}'" for state in Tenant.SERVING)
    return text.replace("{extensions}", settings.EXTENSIONS_SCHEMA).replace("{serving}", serving)


def tables(schema: str) -> list[str]:
    """What the keeper owns in a workspace's schema; none where a release from before it made the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tableowner = %s", [safe_schema(schema), role()]
        )
        return [name for (name,) in cursor.fetchall()]


def shut(cursor: Any, schema: str) -> None:
    """Nobody adds to it any more; whoever is adding now is waited for. For `tenants.schemas.shut`."""
    _as_keeper(cursor, schema, "LOCK TABLE {table} IN SHARE MODE; REVOKE INSERT ON {table} FROM {schema}")


def reopen(cursor: Any, schema: str) -> None:
    """Undo `shut`."""
    _as_keeper(cursor, schema, "GRANT INSERT ON {table} TO {schema}")


def _as_keeper(cursor: Any, schema: str, statement: str) -> None:
    name = safe_schema(schema)
    for table in tables(name):
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(role())}")
        cursor.execute(statement.format(table=f"{name}.{connection.ops.quote_name(table)}", schema=name))
        cursor.execute("SET LOCAL ROLE NONE")


_GUARDED = """
SELECT c.relowner = %(keeper)s::regrole
    AND NOT has_table_privilege(%(schema)s::name, c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
    AND (SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE t.tgrelid = c.oid AND t.tgname = ANY(%(triggers)s) AND t.tgenabled <> 'D'
         AND p.proowner = %(keeper)s::regrole) = %(number)s
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %(schema)s AND c.relname = %(table)s AND c.relkind = 'r'
"""


def is_kept(schema: str) -> bool:
    """Whether the wall stands: owner, rights and triggers are as they were made."""
    name = safe_schema(schema)
    values: dict[str, Any] = {
        "keeper": role(),
        "schema": name,
        "table": TABLE,
        "triggers": list(TRIGGERS),
        "number": len(TRIGGERS),
    }
    with connection.cursor() as cursor:
        cursor.execute(_GUARDED, values)
        row = cursor.fetchone()
    return bool(row and row[0])
