"""A server of its own, kept between runs, with the settings that infra/ ships for many schemas."""

import os
import re
from pathlib import Path

import psycopg

from config import env
from config.embedded import Cluster

DATABASE = "bench_rollout"
CONF = env.ROOT / "infra" / "postgresql" / "many-schemas.conf"
_LINE = re.compile(r"^(?P<name>[a-z_]+)\s*=\s*(?P<value>[^#\n]+?)\s*(?:#.*)?$", re.M)


def read(path: Path = CONF) -> dict[str, str]:
    """The settings of a PostgreSQL configuration file."""
    return {found["name"]: found["value"].strip("'") for found in _LINE.finditer(path.read_text())}


def _settings() -> tuple[tuple[str, str], ...]:
    """As shipped, but for the memory: others use this machine too."""
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return tuple({**read(), "shared_buffers": f"{max(gib // 8, 1)}GB"}.items())


CLUSTER = Cluster(env.VAR / "postgres-rollout", settings=_settings())


def superuser(database: str = DATABASE) -> "psycopg.Connection[tuple[object, ...]]":
    """For what no role of the product may do: copy rows past foreign keys, read sizes, look at other backends."""
    return psycopg.connect(host=str(CLUSTER.sockets), user="postgres", dbname=database, autocommit=True)


def ensure_database() -> None:
    """Start the server and make the database, unless they are there."""
    CLUSTER.ensure_running()
    with superuser("postgres") as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(f"CREATE DATABASE {DATABASE} OWNER {CLUSTER.connection['USER']}")
