"""The usual turns, several in one transaction: where the way is SQL alone and nothing is out of the ordinary.

A commit costs more than the statements of most releases, so as many workspaces share one as `pace` allows. Whatever is
not as expected undoes them all; `turns` then takes each alone and looks closer.
"""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.db import connection
from psycopg.sql import Literal

from provisioning.fleet.counts import Candidate
from provisioning.fleet.ways import nodes
from provisioning.models import FleetRun, FleetTurn, Upgrade
from tenants import context

# Its own rows of migrations are not those of its version: the text that is no number (see `_AS_EXPECTED`).
DRIFTED = "22P02"
# While several wait together, whoever is in the way is left for later soon.
TOGETHER_LOCK_TIMEOUT_MS = 50

# Who is still as it was when looked up, and nobody else's; nobody can suspend or close it meanwhile.
_LOCK = """
SELECT turn.id FROM public.provisioning_fleetturn turn
JOIN public.provisioning_fleetrun run ON run.id = turn.run_id
JOIN public.tenants_tenant tenant ON tenant.id = turn.tenant_id
JOIN unnest(%s::bigint[], %s::text[]) wanted (id, schema_name)
    ON wanted.id = turn.id AND wanted.schema_name = tenant.schema_name
WHERE turn.state IN ({open}) AND run.state = {running}
    AND tenant.migration_head = {origin} AND tenant.state NOT IN ({outside})
FOR NO KEY UPDATE OF turn, tenant SKIP LOCKED
"""
# A block of PL/pgSQL would be compiled anew for each workspace and cost more than all the rest of the check.
_AS_EXPECTED = """
SELECT (CASE WHEN md5(string_agg(app || '.' || name, ',' ORDER BY app COLLATE "C", name COLLATE "C"))
    IS DISTINCT FROM '{digest}' THEN 'drifted' ELSE '0' END)::int FROM django_migrations"""
_DONE = """
UPDATE public.tenants_tenant tenant SET migration_head = {destination}
FROM public.provisioning_fleetturn turn WHERE turn.id = ANY(%s) AND tenant.id = turn.tenant_id;
UPDATE public.provisioning_fleetturn SET state = {done}, origin = {origin}, error = '', attempts = attempts + 1,
    milliseconds = extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000 / %s,
    finished_at = clock_timestamp()
WHERE id = ANY(%s)
"""
_BACK = "SET LOCAL ROLE NONE; SET LOCAL search_path = public"


class Quick:
    """The texts of one way; only the turns and their schemas differ."""

    def __init__(self, upgrade: Upgrade, *, outside: tuple[str, ...]) -> None:
        self._values = {
            "open": _list(FleetTurn.OPEN),
            "running": _text(FleetRun.State.RUNNING),
            "origin": _text(upgrade.origin.head),
            "destination": _text(upgrade.destination.head),
            "outside": _list(outside),
            "done": _text(FleetTurn.State.DONE),
        }
        applied = ",".join(f"{app}.{name}" for app, name in sorted(nodes(upgrade.origin)))
        expected = _AS_EXPECTED.format(digest=hashlib.md5(applied.encode(), usedforsecurity=False).hexdigest())
        rows = ", ".join(f"({_text(app)}, {_text(name)}, now())" for app, name in upgrade.migrations)
        note = [f"INSERT INTO django_migrations (app, name, applied) VALUES {rows}"] if rows else []  # noqa: S608  quoted above
        statements = [statement.rstrip().rstrip(";") for statement in upgrade.statements]
        self._each = ";\n".join([expected, *statements, *note])

    def take(self, turns: Sequence[Candidate]) -> list[Candidate]:
        """Do them in the running transaction; returns those that were ours to do. Raises DatabaseError; what the server
        says tells why."""
        with connection.cursor() as cursor:
            wanted = [turn.pk for turn in turns], [turn.schema for turn in turns]
            cursor.execute(_LOCK.format(**self._values), wanted)
            locked = {pk for (pk,) in cursor.fetchall()}
            ours = [turn for turn in turns if turn.pk in locked]
            if ours:
                cursor.execute(self._script(ours))
                pks = [turn.pk for turn in ours]
                cursor.execute(_DONE.format(**self._values), [pks, len(pks), pks])
        return ours

    def _script(self, turns: Sequence[Candidate]) -> str:
        """One round trip: each workspace's statements as its own role, then back to ours."""
        patience_ms = int(settings.FLEET_LOCK_TIMEOUT_MS)
        if len(turns) > 1:
            patience_ms = min(patience_ms, TOGETHER_LOCK_TIMEOUT_MS)
        timeout_ms = settings.FLEET_STATEMENT_TIMEOUT_MS
        parts = [f"SET LOCAL lock_timeout = {patience_ms:d}"]
        for turn in turns:
            parts += [context.of_schema(turn.schema, timeout_ms=timeout_ms).statement, self._each]
        return ";\n".join([*parts, _BACK])


def _text(value: str) -> str:
    """As a literal of SQL."""
    return Literal(str(value)).as_string()


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(_text(value) for value in values)
