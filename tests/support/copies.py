"""Copies of the suite's database, cast included: for tests that commit, kill connections, or run other processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tenants import bootstrap
from tests.architecture.sources import ROOT


@contextmanager
def copied(purpose: str) -> Iterator[str]:
    """The name of a fresh copy, which is dropped afterwards. Nothing else may be using the suite's database."""
    source = str(connection.settings_dict["NAME"])
    name = f"{source}_{purpose}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s "
            "AND backend_type = 'client backend'",
            [source],
        )
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
    try:
        with connected_to(name):
            bootstrap.prepare()  # rights on the database itself do not come with a copy
            with connection.cursor() as cursor:
                # Another module may have left work waiting, which whoever counts jobs here would be handed.
                cursor.execute("SET search_path = jobs; DELETE FROM procrastinate_jobs; SET search_path = public")
        yield name
    finally:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """This process's connection goes to another database, and is asked for its health as on a server."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(NAME=name, CONN_HEALTH_CHECKS=True)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def started(*command: str, database: str = "", **environment: str) -> subprocess.Popen[str]:
    """A Python process of the product over a copy; its words go to pipes."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment_of(database, **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def environment_of(database: str, **more: str) -> dict[str, Any]:
    """What such a process needs to know."""
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    own = {"DJANGO_SETTINGS_MODULE": "config.settings.isolation", "ISOLATION_DATABASE": database, "PYTHONPATH": paths}
    return {**os.environ, **own, **more}
