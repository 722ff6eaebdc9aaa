"""A workspace's schema and role: made, counted, dropped. The only place that writes such DDL."""

from django.db import connection, transaction

from tenants import roles
from tenants.bootstrap import grant_to_login
from tenants.names import safe_schema


@transaction.atomic
def create(name: str) -> None:
    """A role and a schema that it owns; `tenants.roles` says whether it may log in. Again, it changes nothing."""
    schema = safe_schema(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [schema])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {schema} {roles.wanted()} NOINHERIT")
        grant_to_login(schema)
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {schema}")


@transaction.atomic
def drop(name: str) -> None:
    """The schema with all that is in it, and its role. What is not there is passed over."""
    schema = safe_schema(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [schema])
        if not cursor.fetchone():
            return
        # The login role does not inherit the owner's right to drop; it steps into it.
        cursor.execute(f"SET LOCAL ROLE {schema}")
        cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP ROLE {schema}")


def exists(name: str) -> bool:
    """Whether the schema is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [safe_schema(name)])
        return cursor.fetchone() is not None


def tables(name: str) -> int:
    """How many tables the schema holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = %s AND c.relkind = 'r'",
            [safe_schema(name)],
        )
        return int(cursor.fetchone()[0])
