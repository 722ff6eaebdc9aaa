"""All measures at one size, one after another; each is kept as soon as it is there."""

import time
from collections.abc import Callable
from typing import Any

from benchmarks import report
from benchmarks.rollout import state
from benchmarks.rollout.copying import Copier
from benchmarks.rollout.measures import run, server
from benchmarks.rollout.server import superuser

DRAWS = 200
ROUNDS = 10
FLEET = 500  # workspaces that are migrated at a size
DAYS = 90

Measure = Callable[[list[str]], dict[str, Any]]


def measure(known: dict[str, Any], size: int, *, again: bool = False) -> None:
    """What is known of a size is not measured again unless asked for."""
    found = known["sizes"].setdefault(str(size), {})
    schemas = _schemas()
    done = found.setdefault("measured", [])
    if again:
        done.clear()
    known["machine"] = report.machine()
    if set(MEASURES) <= set(done):
        return
    with superuser() as connection:
        server.settle(connection)
        _check(connection, schemas)
    for name, work in MEASURES.items():
        if name in done:
            continue
        begun = time.perf_counter()
        figures = work(schemas)
        if skipped := figures.pop("skipped", ""):
            print(f"  {name}: skipped, {skipped}", flush=True)
            continue
        found |= figures
        done.append(name)
        state.save(known)
        said = ", ".join(f"{key} {value}" for key, value in figures.items())
        print(f"  {name} ({time.perf_counter() - begun:.0f} s): {said}", flush=True)


def _schemas() -> list[str]:
    with superuser() as connection:
        query = "SELECT schema_name FROM tenants_tenant WHERE stated_members > 0 AND slug LIKE 'unit-%' ORDER BY id"
        return [str(name) for (name,) in connection.execute(query).fetchall()]


def _check(connection: Any, schemas: list[str]) -> None:
    """That the copies are whole: of three of them, every row has the rows that it points to."""
    copier = Copier(connection, schemas[0])
    for schema in (schemas[1], schemas[len(schemas) // 2], schemas[-1]):
        if missing := copier.orphans(schema):
            raise SystemExit(f"{schema} was not filled as it should be: {missing}")


def _sizes(schemas: list[str]) -> dict[str, Any]:
    with superuser() as connection:
        return server.sizes(connection, schemas)


def _autovacuum(_schemas: list[str]) -> dict[str, Any]:
    with superuser() as connection:
        return server.autovacuum_look(connection)


MEASURES: dict[str, Measure] = {
    "requests": lambda schemas: run("requests", min(DRAWS, len(schemas) - 1), ROUNDS),
    "console": lambda schemas: run("console", DAYS, 21),
    "fleet check": lambda schemas: run("fleet_check", 5),
    "raw migration": lambda schemas: run("raw_migration", min(FLEET, len(schemas))),
    "fleet migration": lambda schemas: run("fleet_migration", min(FLEET, len(schemas))),
    "roles": lambda schemas: server.roles(schemas[-1]),
    "sizes": _sizes,
    "autovacuum": _autovacuum,
    "dump": lambda schemas: server.dump(schemas[len(schemas) // 2]),
    "base backup": lambda schemas: server.base_backup(),
    "restart": lambda schemas: server.restart(),
}
