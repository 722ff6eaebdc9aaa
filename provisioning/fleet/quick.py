"""The usual turn in one round trip between BEGIN and COMMIT: where the way is SQL alone and nothing is out of the
ordinary. Whatever is, the server says by a code of ours, and `turns` looks closer."""

import hashlib

from django.conf import settings
from django.db import connection
from psycopg.sql import Literal

from provisioning.fleet.ways import nodes
from provisioning.models import FleetRun, FleetTurn, Upgrade
from tenants import context

NOT_OURS = "FL001"  # somebody else has it, the run does not go on, or the workspace is not what it was when looked up
DRIFTED = "FL002"  # its own rows of migrations are not those of its version

_LOCK = """
DO $fleet$ BEGIN
    PERFORM 1 FROM public.provisioning_fleetturn turn
    JOIN public.provisioning_fleetrun run ON run.id = turn.run_id
    JOIN public.tenants_tenant tenant ON tenant.id = turn.tenant_id
    WHERE turn.id = {pk} AND turn.state IN ({open}) AND run.state = {running}
        AND tenant.migration_head = {origin} AND tenant.schema_name = {schema} AND tenant.state NOT IN ({outside})
    FOR NO KEY UPDATE OF turn, tenant SKIP LOCKED;
    IF NOT FOUND THEN RAISE EXCEPTION 'not ours' USING ERRCODE = '{not_ours}'; END IF;
END $fleet$;
"""
_IN_THE_WORKSPACE = """
{enter};
SELECT set_config('lock_timeout', '{lock_timeout_ms}', true);
DO $fleet$ BEGIN
    IF (SELECT md5(string_agg(app || '.' || name, ',' ORDER BY app COLLATE "C", name COLLATE "C"))
        FROM django_migrations) IS DISTINCT FROM '{digest}'
    THEN RAISE EXCEPTION 'drifted' USING ERRCODE = '{drifted}'; END IF;
END $fleet$;
{statements};
{note};
SELECT set_config('role', 'none', true), set_config('search_path', 'public', true);
"""
_DONE = """
UPDATE public.tenants_tenant tenant SET migration_head = {destination}
FROM public.provisioning_fleetturn turn WHERE turn.id = {pk} AND tenant.id = turn.tenant_id;
UPDATE public.provisioning_fleetturn SET state = {done}, origin = {origin}, error = '', attempts = attempts + 1,
    milliseconds = extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000,
    finished_at = clock_timestamp()
WHERE id = {pk}
"""


class Quick:
    """The texts of one way; only the turn and the schema differ."""

    def __init__(self, upgrade: Upgrade, *, outside: tuple[str, ...]) -> None:
        quoted = {
            "open": _list(FleetTurn.OPEN),
            "running": _text(FleetRun.State.RUNNING),
            "origin": _text(upgrade.origin.head),
            "destination": _text(upgrade.destination.head),
            "outside": _list(outside),
            "done": _text(FleetTurn.State.DONE),
            "not_ours": NOT_OURS,
        }
        self._quoted = quoted
        applied = ",".join(f"{app}.{name}" for app, name in sorted(nodes(upgrade.origin)))
        self._digest = hashlib.md5(applied.encode(), usedforsecurity=False).hexdigest()
        self._statements = ";\n".join(statement.rstrip().rstrip(";") for statement in upgrade.statements)
        rows = ", ".join(f"({_text(app)}, {_text(name)}, now())" for app, name in upgrade.migrations)
        self._note = f"INSERT INTO django_migrations (app, name, applied) VALUES {rows}" if rows else ""  # noqa: S608  quoted above

    def take(self, pk: int, schema: str) -> None:
        """Do it in the running transaction. Raises DatabaseError; what the server says tells why."""
        wanted = context.of_schema(schema, timeout_ms=settings.FLEET_STATEMENT_TIMEOUT_MS)
        inside = _IN_THE_WORKSPACE.format(
            enter=wanted.statement,
            lock_timeout_ms=int(settings.FLEET_LOCK_TIMEOUT_MS),
            digest=self._digest,
            drifted=DRIFTED,
            statements=self._statements,
            note=self._note,
        )
        values = {**self._quoted, "pk": int(pk), "schema": _text(wanted.schema)}
        with connection.cursor() as cursor:
            cursor.execute(f"{_LOCK.format(**values)}{inside}{_DONE.format(**values)}")


def _text(value: str) -> str:
    """As a literal of SQL."""
    return Literal(str(value)).as_string()


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(_text(value) for value in values)
