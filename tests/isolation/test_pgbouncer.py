"""The product behind a real PgBouncer in transaction mode: two server connections for everybody.

Skipped where PgBouncer is not installed; PGBOUNCER may name the program.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tenants import context, lifecycle
from tenants.models import Tenant
from tests.support.another import Another
from workspace.organization.models import Unit

PGBOUNCER = os.environ.get("PGBOUNCER") or shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed here"),
]

CONF = """
[databases]
* = host={server} user={user}
[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = 2
ignore_startup_parameters = extra_float_digits
logfile = {folder}/log
"""


@pytest.fixture
def behind(on_copy: None) -> Iterator[Another]:
    """A process that reaches the database through PgBouncer, and listens past it."""
    direct: dict[str, Any] = connection.settings_dict
    owner = settings.CLUSTER._owner
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        (folder / "conf").write_text(CONF.format(server=direct["HOST"], user=direct["USER"], folder=folder))
        child = subprocess.Popen([str(PGBOUNCER), str(folder / "conf")], user=owner.pw_uid if owner else None)  # noqa: S603
        deadline = time.monotonic() + 10
        while not (folder / ".s.PGSQL.5432").exists():
            assert time.monotonic() < deadline, "PgBouncer did not start"
            time.sleep(0.02)
        past = {key: direct[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
        through = {"HOST": name, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
        try:
            with Another(DATABASE=through, LISTEN_DATABASE=past) as process:
                yield process
        finally:
            child.terminate()
            child.wait(10)


def test_threads_that_share_two_connections_never_see_each_others_rows(behind: Another) -> None:
    schemas = {}
    for slug in ("jia", "yan"):
        tenant = Tenant.objects.get(slug=slug)
        with context.inside(tenant):
            Unit.objects.filter(depth=1).update(name=f"{slug}党委")
        schemas[tenant.schema_name] = f"{slug}党委"
    counts = behind.tell("hammer", schemas=schemas, threads=8, times=150)
    assert counts["leaked"] == 0
    assert counts["done"] > 400


def test_requests_jobs_and_announcements_work_behind_it(behind: Another) -> None:
    behind.remembers("jia", "yan")
    jia = Tenant.objects.get(slug="jia")
    for deed, ends_with in (("reads_half", ""), ("says_nonsense", "DataError"), ("enters_the_neighbour", "")):
        assert behind.tell("perform", name=f"tests.{deed}", workspace=str(jia.uuid), arguments={}) == ends_with
        assert behind.get("yan")["status"] == 200
    assert behind.tell("perform", name="tests.counts_tenants", workspace=None, arguments={}) == ""
    lifecycle.move(jia, to="suspended", by="tests", reason="试")
    try:
        behind.until(lambda: behind.get("jia")["status"] == 503)
    finally:
        lifecycle.move(jia, to="active", by="tests", reason="好了")
    behind.until(lambda: behind.get("jia")["status"] == 200)
