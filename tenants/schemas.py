"""A workspace's schema and role: made, counted, shut, dropped. The only place that writes such DDL."""

from django.db import connection, transaction

from tenants import keeping, roles
from tenants.bootstrap import grant_to_login
from tenants.names import safe_schema


@transaction.atomic
def create(*names: str) -> None:
    """For each name a role (`tenants.roles` says of which kind) and a schema that it owns. Again, it changes nothing.

    Every grant makes each backend read all memberships anew at its next SET ROLE, so many are made in one transaction.
    """
    wanted = [safe_schema(name) for name in names]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [wanted])
        there = {row[0] for row in cursor.fetchall()}
        for schema in wanted:
            if schema not in there:
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
        # The login role does not inherit the owner's right to drop; it steps into it, out of a shut one too.
        grant_to_login(schema)
        cursor.execute(f"SET LOCAL ROLE {schema}")
        # A table whose rows of this transaction still wait for their foreign keys cannot go.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP ROLE {schema}")


@transaction.atomic
def shut(name: str, *, patience_ms: int) -> None:
    """Nobody steps in and nobody writes any more, and everything stays: until `reopen` or `drop`.

    Waits for those who are writing, at most `patience_ms` a table (OperationalError beyond it). Who has stepped into
    the role already and waits to write is refused, because the tables take nothing; who comes later cannot step in.
    """
    schema = safe_schema(name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tableowner = %s ORDER BY tablename",
            [schema, schema],
        )
        tables = ", ".join(f"{schema}.{connection.ops.quote_name(row[0])}" for row in cursor.fetchall())
        cursor.execute(f"SET LOCAL ROLE {schema}")
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [str(patience_ms)])
        if tables:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA {schema} FROM {schema}")
        keeping.shut(cursor, schema)
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")
        cursor.execute("RESET ROLE")
        cursor.execute(f"REVOKE {schema} FROM CURRENT_USER")


@transaction.atomic
def reopen(name: str) -> None:
    """Undo `shut`. For a schema that is open it changes nothing."""
    schema = safe_schema(name)
    grant_to_login(schema)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {schema}")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {schema}")
        cursor.execute("RESET ROLE")
        keeping.reopen(cursor, schema)


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


def role_exists(name: str) -> bool:
    """Whether the role is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [safe_schema(name)])
        return cursor.fetchone() is not None
