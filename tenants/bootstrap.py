"""What the database holds before the first table: schemas, the control role, rights, and the queue's one door.

Idempotent: run before every migration of the control schema. See tenancy.md, decisions 1, 2 and 10.
"""

from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from procrastinate.schema import SchemaManager
from psycopg.errors import DuplicateObject, UniqueViolation

from tenants.context import control_role

# A workspace may ask for a job and nothing else of the queue. The function runs with its owner's rights and reads from
# the role in force whose job it is; a role that is no workspace's (the console's) asks for control jobs.
_DEFER_JOB = """
CREATE OR REPLACE FUNCTION {extensions}.defer_job(task text, arguments jsonb, lock text, at timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
DECLARE
    role_name text := current_setting('role');
    tenant_uuid uuid;
    job_id bigint;
BEGIN
    IF role_name LIKE 't\\_%' THEN
        SELECT uuid INTO STRICT tenant_uuid FROM public.tenants_tenant WHERE schema_name = role_name;
    END IF;
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
    VALUES (
        CASE WHEN tenant_uuid IS NULL THEN 'control' ELSE 'workspace' END, task, 0,
        COALESCE(tenant_uuid::text, 'control') || COALESCE(':' || lock, ''), NULL,
        jsonb_build_object('workspace', tenant_uuid, 'arguments', arguments), at
    ) RETURNING id INTO job_id;
    RETURN job_id;
END $$;
REVOKE ALL ON FUNCTION {extensions}.defer_job(text, jsonb, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {extensions}.defer_job(text, jsonb, text, timestamptz) TO PUBLIC;
"""

# What the status page and the console may know of the queue: counts and times, no job and no argument.
_QUEUE_STATE = """
CREATE OR REPLACE FUNCTION {extensions}.queue_state(
    OUT waiting bigint, OUT running bigint, OUT failed bigint, OUT oldest timestamptz, OUT worker_seen timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
    SELECT count(*) FILTER (WHERE j.status = 'todo' AND COALESCE(j.scheduled_at, now()) <= now()),
           count(*) FILTER (WHERE j.status = 'doing'),
           count(*) FILTER (WHERE j.status = 'failed'),
           min(COALESCE(j.scheduled_at, e.at)) FILTER (WHERE j.status = 'todo'),
           (SELECT max(last_heartbeat) FROM procrastinate_workers)
    FROM procrastinate_jobs j
    LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
$$;
REVOKE ALL ON FUNCTION {extensions}.queue_state() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {extensions}.queue_state() TO {role};
"""


@transaction.atomic
def prepare() -> None:
    """Schemas and the control role, before the control schema is migrated."""
    role = connection.ops.quote_name(control_role())
    extensions = connection.ops.quote_name(settings.EXTENSIONS_SCHEMA)
    with connection.cursor() as cursor:
        if _create_role(role):
            grant_to_login(control_role())
        cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        # A temporary table stays on the connection and stands before every schema of a path: one workspace's would
        # stand before the next one's. A database owned by somebody else answers with a warning; its owner revokes it.
        database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC")
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {extensions}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {extensions} TO PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute("SELECT to_regclass('jobs.procrastinate_jobs') IS NULL")
        if cursor.fetchone()[0]:
            cursor.execute("CREATE SCHEMA IF NOT EXISTS jobs")
            cursor.execute("SET LOCAL search_path = jobs")
            cursor.execute(SchemaManager.get_schema())
            cursor.execute("SET LOCAL search_path = public")


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
    """Rights of the control role on the control tables, and the queue's door, after the migration."""
    role = connection.ops.quote_name(control_role())
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(_DEFER_JOB.format(extensions=settings.EXTENSIONS_SCHEMA))
        cursor.execute(_QUEUE_STATE.format(extensions=settings.EXTENSIONS_SCHEMA, role=role))


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
