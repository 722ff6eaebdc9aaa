"""What a pooler in transaction mode asks of us: a connection is given back as it was taken."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tenants import context
from tests.architecture.sources import ROOT
from tests.support.cast import Cast
from workspace.members.models import Member

STATE = (
    "SELECT current_setting('role'), current_setting('search_path'), current_setting('statement_timeout'), "
    "(SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors WHERE is_holdable), "
    "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()), "
    "(SELECT count(*) FROM pg_listening_channels())"
)
PGBOUNCER = os.environ.get("PGBOUNCER") or shutil.which("pgbouncer")
# Eight threads over two workspaces and two backends: each must read its own root at every turn.
HAMMERING = """
import json, django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from tenants import context
from tenants.models import Tenant
from workspace.organization.models import Unit

tenants = list(Tenant.objects.filter(slug__in=["jia", "yan"]))

def hammer(n):
    backends, wrong = set(), 0
    for turn in range(40):
        tenant = tenants[(n + turn) % 2]
        with context.inside(tenant):
            wrong += not Unit.objects.get(depth=1).name.startswith(tenant.name)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backends.add(cursor.fetchone()[0])
    connection.close()
    return wrong, backends

with ThreadPoolExecutor(8) as threads:
    found = list(threads.map(hammer, range(8)))
print(json.dumps({"wrong": sum(w for w, _b in found), "backends": len(set().union(*(b for _w, b in found)))}))
"""


def test_after_a_transaction_the_connection_is_as_it_was(cast: Cast) -> None:
    """On a connection of its own: the one of the test stands in a transaction all the time."""

    def states() -> list[tuple[object, ...]]:
        try:
            found = [_state()]
            for tenant in (cast.jia, cast.yan):
                for _ in range(8):  # more often than a driver waits before it prepares a statement
                    with context.inside(tenant):
                        assert Member.objects.filter(name="王党员").count() == 1
                found.append(_state())
            return found
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        before, *after = thread.submit(states).result()
    assert before[0] == "none"
    assert before[3:] == (0, 0, 0, 0)
    assert after == [before, before]


def _state() -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return tuple(cursor.fetchone())


@pytest.fixture
def pooler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """PgBouncer with the shipped file before the test database, with two backends."""
    if not (PGBOUNCER and settings.EMBEDDED):
        pytest.skip("PgBouncer is not installed (PGBOUNCER=path)")
    folder = Path("/tmp") / f"tongxin-pooler-{os.getpid()}"  # noqa: S108  a unix socket's path must be short
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    text = (ROOT / "infra/pgbouncer/pgbouncer.ini").read_text()
    for shipped, here in (
        ("host=127.0.0.1 port=5432", f"host={settings.CLUSTER.sockets}"),
        ("dbname=tongxin", f"dbname={connection.settings_dict['NAME']}"),
        ("listen_addr = 127.0.0.1", f"unix_socket_dir = {folder}"),
        ("auth_type = scram-sha-256", "auth_type = trust"),
        ("/etc/pgbouncer/userlist.txt", f"{folder}/users"),
        ("default_pool_size = 20", "default_pool_size = 2"),
        ("reserve_pool_size = 5", "reserve_pool_size = 0"),
        ("min_pool_size = 5", "min_pool_size = 0"),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    (folder / "pgbouncer.ini").write_text(text)
    (folder / "users").write_text(f'"{settings.CLUSTER.connection["USER"]}" ""\n')
    owner = settings.CLUSTER._owner
    who = {"user": owner.pw_uid, "group": owner.pw_gid} if owner else {}
    running = subprocess.Popen([PGBOUNCER, "-q", folder / "pgbouncer.ini"], cwd="/", **who)
    try:
        for _ in range(50):
            if (folder / ".s.PGSQL.6432").exists():
                break
            time.sleep(0.1)
        yield folder
    finally:
        running.terminate()
        running.wait(10)
        shutil.rmtree(folder)


def test_through_pgbouncer_eight_threads_share_two_backends_and_nobody_reads_another(cast: Cast, pooler: Path) -> None:
    url = f"postgresql://{settings.CLUSTER.connection['USER']}@:6432/tongxin?host={pooler}"
    done = subprocess.run(
        [sys.executable, "-c", HAMMERING],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {"wrong": 0, "backends": 2}
    with psycopg.connect(host=str(pooler), port=6432, user="tongxin", dbname="tongxin", autocommit=True) as left:
        assert left.execute(STATE).fetchone()[0] == "none"  # type: ignore[index]
