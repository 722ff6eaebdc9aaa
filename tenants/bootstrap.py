"""What the database holds before the first table: schemas, the control role, the keeper, rights, and the queue.

Idempotent: run before every migration of the control schema. See tenancy.md, decisions 1, 2 and 10.
"""

from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg.errors import DuplicateObject, UniqueViolation

from tenants import keeping
from tenants.context import control_role
from tenants.queue import schema


@transaction.atomic
def prepare() -> None:
    """Schemas, the control role and the keeper, before the control schema is migrated."""
    role = connection.ops.quote_name(control_role())
    extensions = connection.ops.quote_name(settings.EXTENSIONS_SCHEMA)
    with connection.cursor() as cursor:
        for name in (control_role(), keeping.role()):
            if _create_role(connection.ops.quote_name(name)):
                grant_to_login(name)
        cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        # A temporary table stays on the connection and stands before every schema of a path: one workspace's would
        # stand before the next one's. A database owned by somebody else answers with a warning; its owner revokes it.
        database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC")
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {extensions}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {extensions} TO PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        schema.prepare(cursor)


def _create_role(role: str) -> bool:
    """Whether this call made it. Roles are the server's, and two databases of it may be prepared at the same moment:
    then the second waits for the first to commit, and finds role and membership there."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {role} NOLOGIN NOINHERIT")
    except (ProgrammingError, IntegrityError) as error:
        if isinstance(error.__cause__, DuplicateObject | UniqueViolation):
            return False
        raise
    return True


@transaction.atomic
def grant() -> None:
    """Rights of the control role on the control tables, the queue's door and the keeper's, after the migration."""
    role = connection.ops.quote_name(control_role())
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        schema.grant(cursor)
        keeping.grant(cursor)


def grant_to_login(role: str) -> None:
    """Let the login role step into a role without inheriting it: forgetting to step means `permission denied`."""
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(role)
        if server_version() >= 160000:
            cursor.execute(f"GRANT {quoted} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")
        else:
            # Before PostgreSQL 16 the login role's own NOINHERIT says the same.
            cursor.execute(f"GRANT {quoted} TO CURRENT_USER")


def server_version() -> int:
    """As PostgreSQL counts: 160004 is 16.4."""
    with connection.cursor():
        return int(connection.connection.info.server_version)
