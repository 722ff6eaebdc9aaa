"""Restoring on real connections and with real commits: killed processes, and people who are writing meanwhile."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError, ProgrammingError, connection, connections

from provisioning import restoring, saga
from provisioning.models import Restoring
from shared.clock import now
from tenants import context, schemas
from tenants.models import Tenant
from tests.architecture.sources import ROOT
from tests.portability.conftest import fill
from tests.provisioning.test_restoring import ask, content, said_by, spoil
from tests.provisioning.test_rivalry import at_once
from tests.support.committing import committed, opened
from workspace import portability
from workspace.audit.models import Entry
from workspace.organization.models import Unit


@pytest.fixture
def seen(transactional_db: None, settings: LazySettings, tmp_path: Path) -> Iterator[Tenant]:
    """A workspace that other connections see."""
    settings.MEDIA_ROOT, settings.ARCHIVES_ROOT = tmp_path / "media", tmp_path / "archives"
    with committed():
        yield opened("seen")


@pytest.fixture
def archive(seen: Tenant, tmp_path: Path) -> Path:
    fill(seen, months=0)
    path = tmp_path / "seen.zip"
    with context.inside(seen, snapshot=True):
        portability.export(path, at=now())
    spoil(seen)
    return path


def kill(row: Restoring, settings: LazySettings, step: str, moment: str) -> None:
    """Run it in a process of its own, which dies."""
    arguments = [str(connection.settings_dict["NAME"]), str(settings.MEDIA_ROOT), str(settings.ARCHIVES_ROOT)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.provisioning.killed", *arguments, str(row.pk), step, moment],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "running" in done.stdout, done.stderr[-2000:]
    assert done.returncode in {-9, 0}, done.stderr[-2000:]
    if step != "any":
        assert done.returncode == -9


def after_the_kill(row: Restoring, archive: Path) -> None:
    """The lease runs out, somebody goes on, and the content is the archive's."""
    _wait_for_the_dead(row)
    Restoring.objects.filter(pk=row.pk).update(lease_until=None)
    done = restoring.run(Restoring.objects.select_related("tenant", "source").get(pk=row.pk))
    tenant = Tenant.objects.get(pk=row.tenant_id)
    assert (done.error, tenant.state, tenant.schema_name) == ("", "active", done.schema_name)
    assert content(tenant) == said_by(archive)
    with context.inside(tenant):
        assert Entry.objects.filter(verb="workspace.restored").count() == 1


def _wait_for_the_dead(row: Restoring) -> None:
    """The server notices a dead client when it next writes to it; until then its locks stand."""
    for _try in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database() AND usename = current_user "
                "AND backend_type = 'client backend'"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("step", "moment"),
    [("content", "after"), ("swap", "before"), ("swap", "after"), ("files", "after"), ("activate", "after")],
)
def test_a_process_killed_at_a_step_is_continued(
    seen: Tenant, archive: Path, settings: LazySettings, step: str, moment: str
) -> None:
    row = ask(seen, archive)
    kill(row, settings, step, moment)
    with pytest.raises(saga.AlreadyRunning):
        restoring.run(Restoring.objects.select_related("tenant", "source").get(pk=row.pk))
    after_the_kill(row, archive)


@pytest.mark.parametrize("milliseconds", [5, 150, 500])
def test_a_process_killed_at_any_moment_is_continued(
    seen: Tenant, archive: Path, settings: LazySettings, milliseconds: int
) -> None:
    row = ask(seen, archive)
    kill(row, settings, "any", str(milliseconds))
    after_the_kill(row, archive)


def test_of_several_workers_one_restores(seen: Tenant, archive: Path) -> None:
    row = ask(seen, archive)

    def work(_index: int) -> str:
        found = Restoring.objects.select_related("tenant", "source").get(pk=row.pk)
        return restoring.run(found).tenant.schema_name

    results = at_once(work, 5)
    refused = [result for result in results if isinstance(result, saga.AlreadyRunning)]
    assert len(refused) + results.count(row.schema_name) == 5
    assert content(Tenant.objects.get(pk=seen.pk)) == said_by(archive)


def test_of_several_who_ask_one_gets_it(seen: Tenant, archive: Path) -> None:
    results = at_once(lambda _index: ask(Tenant.objects.get(pk=seen.pk), archive), 5)
    assert sum(isinstance(result, Restoring) for result in results) == 1
    assert sum(isinstance(result, restoring.UnderWay) for result in results) == 4


class TestWriters:
    """What somebody writes while the content is exchanged is kept or refused: never said to be kept and lost."""

    def test_who_waits_to_write_at_the_swap_is_refused(self, seen: Tenant, archive: Path) -> None:
        """Already inside the old role, blocked by the swap's lock: when it goes on, the tables take nothing."""
        row, stale = ask(seen, archive), Tenant.objects.get(pk=seen.pk)
        inside, swapping, ended = threading.Event(), threading.Event(), threading.Event()
        said: list[object] = []

        def write() -> None:
            try:
                with context.inside(stale):
                    Unit.objects.count()  # the transaction runs in the old role from here on
                    inside.set()
                    assert swapping.wait(30)
                    Unit.objects.filter(depth=1).update(name="verloren")
            except Exception as error:
                said.append(error)
            finally:
                ended.set()
                connections.close_all()

        whole = schemas.shut

        def shut(name: str, *, patience_ms: int) -> None:
            whole(name, patience_ms=patience_ms)
            swapping.set()
            # The writer reaches the lock before this transaction ends.
            assert not ended.wait(1)

        thread = threading.Thread(target=write)
        thread.start()
        assert inside.wait(10)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(schemas, "shut", shut)
            restoring.run(row)
        thread.join(20)
        assert isinstance(said[0], ProgrammingError) and "permission denied" in str(said[0])

    def test_who_is_writing_is_waited_for_and_kept(self, seen: Tenant, archive: Path) -> None:
        """A transaction that wrote before the swap commits; it is in the content that was put aside."""
        row, stale = ask(seen, archive), Tenant.objects.get(pk=seen.pk)
        wrote, kept = threading.Event(), threading.Event()

        def write() -> None:
            with context.inside(stale):
                Unit.objects.filter(depth=1).update(name="gerade noch")
                wrote.set()
                time.sleep(2)
            kept.set()
            connections.close_all()

        thread = threading.Thread(target=write)
        thread.start()
        assert wrote.wait(10)
        done = restoring.run(row)
        assert kept.wait(1), "the swap did not wait"
        thread.join(10)
        schemas.reopen(done.former_schema)
        with context.entered(context.of_schema(done.former_schema)):
            assert Unit.objects.get(depth=1).name == "gerade noch"

    def test_a_stream_of_writers_loses_nothing(self, seen: Tenant, archive: Path) -> None:
        """Four writers with a tenant they remember, as workers do: every write that was said to be kept is there."""
        row, stale = ask(seen, archive), Tenant.objects.get(pk=seen.pk)
        stop = threading.Event()
        kept: list[str] = []
        refused: list[Exception] = []

        def write(number: int) -> None:
            count = 0
            while not stop.is_set():
                count += 1
                verb = f"w{number}.{count}"
                try:
                    with context.inside(stale):
                        Entry.objects.create(verb=verb, kind="x", thing="1", label="x")
                except (ProgrammingError, OperationalError) as error:
                    refused.append(error)
                    time.sleep(0.01)
                else:
                    kept.append(verb)
            connections.close_all()

        threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        done = restoring.run(row)
        time.sleep(0.3)
        stop.set()
        for thread in threads:
            thread.join(10)
        assert kept and refused
        assert all("permission denied" in str(error) for error in refused[-10:])
        schemas.reopen(done.former_schema)
        with context.entered(context.of_schema(done.former_schema)):
            there = set(Entry.objects.filter(kind="x").values_list("verb", flat=True))
        assert there == set(kept)
        tenant = Tenant.objects.get(pk=seen.pk)
        assert content(tenant) == said_by(archive)
