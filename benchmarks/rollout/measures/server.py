"""What the server itself holds and takes: disk, catalogue, roles, statistics, a dump, a restart."""

import subprocess
import tempfile
import time
from statistics import median
from typing import Any

import psycopg

from benchmarks.rollout.server import CLUSTER, DATABASE, superuser
from tenants.names import new_schema_name, safe_schema

_CATALOGUES = (
    "SELECT relname, pg_total_relation_size(c.oid), (CASE relname WHEN 'pg_class' THEN (SELECT count(*) FROM pg_class) "
    "WHEN 'pg_attribute' THEN (SELECT count(*) FROM pg_attribute) END) FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'pg_catalog' AND relkind = 'r'"
)
_FILES = "SELECT count(*) FROM pg_class WHERE relfilenode <> 0 AND relkind IN ('r', 'i', 'S', 't', 'm')"
# What an autovacuum worker reads before it knows whether there is anything to do.
_AUTOVACUUM = (
    "SELECT sum(pg_stat_get_dead_tuples(oid) + pg_stat_get_mod_since_analyze(oid) + pg_stat_get_ins_since_vacuum(oid)) "
    "FROM pg_class WHERE relkind IN ('r', 't')"
)
_ONE = (
    "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = %s::regnamespace "
    "AND relkind IN ('r', 'S')"
)
SAMPLE = 20
ROUNDS = 5


def settle(server: Any) -> None:
    """Let what the growing left behind be written and looked after, so that it is not measured with the rest."""
    server.execute("CHECKPOINT")
    for _ in range(60):
        busy = server.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'")
        if not busy.fetchone()[0]:
            return
        time.sleep(2)


def sizes(server: Any, schemas: list[str]) -> dict[str, Any]:
    """Bytes in MB, of the database, of its catalogue and of a workspace (the mean of some); rows; files."""
    found = server.execute(_CATALOGUES).fetchall()
    rows = {name: number for name, _bytes, number in found if number}
    some = schemas[:: max(1, len(schemas) // SAMPLE)]
    each = sum(int(server.execute(_ONE, [safe_schema(name)]).fetchone()[0]) for name in some) / len(some)
    return {
        "database_mb": _mb(server.execute("SELECT pg_database_size(current_database())").fetchone()[0]),
        "catalogue_mb": _mb(sum(size for _name, size, _number in found)),
        "workspace_mb": _mb(each),
        "pg_class_rows": rows["pg_class"],
        "pg_attribute_rows": rows["pg_attribute"],
        "files": server.execute(_FILES).fetchone()[0],
    }


def roles(schema: str) -> dict[str, float]:
    """Milliseconds: the first transaction of a new backend under a workspace's role, the next one, and the next one
    after somebody was granted a role, which makes every backend read the memberships anew."""
    name = safe_schema(schema)
    enter = f"BEGIN; SELECT set_config('role', '{name}', true), set_config('search_path', '{name}', true); COMMIT"
    first, later, after = [], [], []
    with superuser() as server:
        for _ in range(ROUNDS):
            with _as_login() as backend:
                first.append(_ms(backend, enter))
                later.append(median(_ms(backend, enter) for _ in range(ROUNDS)))
                new = new_schema_name()
                server.execute(f"CREATE ROLE {new} NOLOGIN; GRANT {new} TO {CLUSTER.connection['USER']}")
                after.append(_ms(backend, enter))
                server.execute(f"DROP ROLE {new}")
    named = {"role_first_ms": first, "role_later_ms": later, "role_after_grant_ms": after}
    return {name: round(median(values), 2) for name, values in named.items()}


def autovacuum_look(server: Any) -> dict[str, float]:
    """Milliseconds that an autovacuum worker spends looking before it works."""
    return {"autovacuum_look_ms": round(median(_ms(server, _AUTOVACUUM) for _ in range(ROUNDS)), 1)}


def dump(schema: str, *, patience: float = 900) -> dict[str, float]:
    """Seconds of `pg_dump` for one workspace among all."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        arguments = ["-h", str(CLUSTER.sockets), "-U", "postgres", "-d", DATABASE, "-Fc", "-n", safe_schema(schema)]
        subprocess.run([CLUSTER.programs / "pg_dump", *arguments], stdout=out, check=True, timeout=patience)
    return {"dump_one_s": round(time.perf_counter() - begun, 2)}


def base_backup(*, patience: float = 3_600) -> dict[str, float]:
    """Seconds to read everything for a base backup, written nowhere."""
    begun = time.perf_counter()
    command = [CLUSTER.programs / "pg_basebackup", "-h", str(CLUSTER.sockets), "-U", "postgres", "-D", "-", "-Ft"]
    more = ["-X", "none", "--checkpoint=fast", "--no-manifest"]
    subprocess.run([*command, *more], stdout=subprocess.DEVNULL, check=True, timeout=patience, stderr=subprocess.PIPE)
    return {"base_backup_s": round(time.perf_counter() - begun, 1)}


def restart() -> dict[str, float]:
    """Seconds to stop and to start, and the size in MB of the statistics that are written in between."""
    begun = time.perf_counter()
    CLUSTER.stop()
    stopped = time.perf_counter()
    kept = CLUSTER.data / "pg_stat" / "pgstat.stat"
    size = kept.stat().st_size if kept.exists() else 0
    CLUSTER.ensure_running()
    started = time.perf_counter()
    return {
        "stop_s": round(stopped - begun, 2),
        "start_s": round(started - stopped, 2),
        "statistics_mb": _mb(size),
    }


def _as_login() -> "psycopg.Connection[Any]":
    values = CLUSTER.connection
    return psycopg.connect(host=values["HOST"], user=values["USER"], dbname=DATABASE, autocommit=True)


def _ms(backend: Any, statement: str) -> float:
    begun = time.perf_counter()
    backend.execute(statement)
    return (time.perf_counter() - begun) * 1000


def _mb(size: float) -> float:
    return round(float(size) / 1_000_000, 2)
