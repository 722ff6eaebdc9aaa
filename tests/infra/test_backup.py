"""A rehearsal: archive, base backup, a moment, more rows; restored to the moment, the rows after it are not there."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from config.embedded import Cluster
from tests.architecture.sources import ROOT
from tests.support.waiting import until

SCRIPTS = ROOT / "infra/backup"
MADE_UP = "0000000100000000000000FE"
pytestmark = pytest.mark.skipif(not settings.EMBEDDED, reason="needs the embedded server's programs")


class Rehearsal:
    """A small server that archives into a folder, and what its owner runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "data")
        self.kept = folder / "kept"
        owner = self.cluster._owner
        self.who: dict[str, Any] = (
            {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner is not None else {}
        )
        self.kept.mkdir()
        for path in (folder, self.kept):
            path.chmod(0o755)
            if owner is not None:
                os.chown(path, owner.pw_uid, owner.pw_gid)
        # Copies that its owner may read, wherever the project lies.
        self.scripts = folder / "scripts"
        shutil.copytree(SCRIPTS, self.scripts)

    def start(self) -> None:
        self.cluster.ensure_running()
        with self.connect() as server:
            server.execute("ALTER SYSTEM SET archive_mode = on")
            command = f'BACKUP_DIR={self.kept} {self.scripts}/archive-wal.sh "%p" "%f"'
            server.execute(f"ALTER SYSTEM SET archive_command = '{command}'")
        self.cluster.stop()
        self.cluster.ensure_running()

    def connect(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(host=str(self.cluster.sockets), user="postgres", dbname="tongxin", autocommit=True)

    def run(self, script: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        values = {
            "PATH": os.environ["PATH"],
            "BACKUP_DIR": str(self.kept),
            "POSTGRES_BIN": str(self.cluster.programs),
            "PGHOST": str(self.cluster.sockets),
            "PGUSER": "postgres",
            **environment,
        }
        command = [str(self.scripts / script), *arguments]
        return subprocess.run(command, env=values, capture_output=True, text=True, check=False, cwd="/", **self.who)

    def switch_wal(self) -> None:
        """Have all that was written archived."""
        with self.connect() as server:
            server.execute("SELECT pg_switch_wal()")
            name = server.execute("SELECT pg_walfile_name(pg_current_wal_lsn() - 1)").fetchone()
        for _ in range(100):
            if (self.kept / "wal" / f"{name[0]}.gz").exists():  # type: ignore[index]
                return
            time.sleep(0.1)

    def archived(self) -> set[str]:
        """WAL files by name; the one that a test made up is left out."""
        names = {path.name.removesuffix(".gz") for path in (self.kept / "wal").glob("*.gz")}
        return {name for name in names if len(name) == 24} - {MADE_UP}

    def pg_ctl(self, *arguments: str) -> None:
        subprocess.run(
            [self.cluster.programs / "pg_ctl", "-w", *arguments],
            check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.who,
        )  # fmt: skip


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    # Not under pytest's own folder, which nobody but us may enter; and a unix socket's path must be short.
    folder = Path("/tmp") / f"tongxin-rehearsal-{os.getpid()}"  # noqa: S108
    folder.mkdir()
    made = Rehearsal(folder)
    try:
        made.start()
        yield made
    finally:
        made.cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_what_was_there_at_the_moment_comes_back_and_what_came_later_does_not(rehearsal: Rehearsal) -> None:
    with rehearsal.connect() as server:
        server.execute("CREATE TABLE line (said text PRIMARY KEY)")
        server.execute("INSERT INTO line VALUES ('before the base backup')")
        done = rehearsal.run("base-backup.sh")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("base backup 20")
        server.execute("INSERT INTO line VALUES ('before the moment')")
        time.sleep(0.05)
        moment = str(server.execute("SELECT clock_timestamp()").fetchone()[0])  # type: ignore[index]
        time.sleep(0.05)
        server.execute("INSERT INTO line VALUES ('after the moment')")
    rehearsal.switch_wal()
    restored = rehearsal.folder / "restored"
    done = rehearsal.run("restore.sh", str(restored), moment)
    assert done.returncode == 0, done.stderr
    rehearsal.cluster.stop()
    rehearsal.pg_ctl(
        "start", "-D", str(restored), "-l", str(rehearsal.folder / "log"),
        # At least as many connections and locks as the archived server had, or the recovery stops.
        "-o", f"-c listen_addresses='' -c unix_socket_directories={rehearsal.cluster.sockets} "
        "-c max_connections=120 -c max_locks_per_transaction=512",
    )  # fmt: skip
    try:
        with rehearsal.connect() as server:
            # It lets in who only reads as soon as the base is whole, and goes on towards the moment.
            until(lambda: server.execute("SELECT pg_is_in_recovery()").fetchone() == (False,))
            said = {text for (text,) in server.execute("SELECT said FROM line").fetchall()}
            assert said == {"before the base backup", "before the moment"}
            assert server.execute("SHOW archive_mode").fetchone() == ("off",)
    finally:
        rehearsal.pg_ctl("stop", "-D", str(restored), "-m", "fast")
        rehearsal.cluster.ensure_running()


def test_a_second_base_backup_of_the_same_second_is_one_of_its_own(rehearsal: Rehearsal) -> None:
    """`mv` would put it into the first one. So whatever second it is, a backup of that name is there already."""
    assert rehearsal.run("base-backup.sh").returncode == 0
    base, now = rehearsal.kept / "base", time.time()
    taken = [base / time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now + second)) for second in range(3)]
    taken = [folder for folder in taken if not folder.exists()]
    for folder in taken:
        folder.mkdir()
    try:
        done = rehearsal.run("base-backup.sh")
        assert done.returncode == 0, done.stderr
        assert list(base.glob("*/*.part")) == []
    finally:
        for folder in taken:
            folder.rmdir()


def test_a_restore_never_writes_over_a_folder_that_is_there(rehearsal: Rehearsal) -> None:
    done = rehearsal.run("restore.sh", str(rehearsal.kept))
    assert done.returncode == 1
    assert "is there already" in done.stderr


def test_a_base_backup_that_is_not_there_is_named(rehearsal: Rehearsal) -> None:
    done = rehearsal.run("restore.sh", str(rehearsal.folder / "new"), BASE="20200101T000000Z")
    assert done.returncode == 1
    assert "no base backup in" in done.stderr
    assert not (rehearsal.folder / "new").exists()


def test_the_same_wal_file_twice_is_fine_and_another_under_its_name_is_not(rehearsal: Rehearsal) -> None:
    name, source = MADE_UP, rehearsal.folder / "wal-file"
    source.write_bytes(b"first")
    source.chmod(0o644)
    for _ in range(2):
        assert rehearsal.run("archive-wal.sh", str(source), name).returncode == 0
    source.write_bytes(b"second")
    done = rehearsal.run("archive-wal.sh", str(source), name)
    assert done.returncode == 1
    assert "differs" in done.stderr


def test_without_a_folder_nothing_is_said_to_be_kept(rehearsal: Rehearsal) -> None:
    for script in ("archive-wal.sh", "base-backup.sh", "restore.sh"):
        done = rehearsal.run(script, "a", "b", BACKUP_DIR="")
        assert done.returncode != 0
        assert "BACKUP_DIR" in done.stderr


def test_old_base_backups_and_their_wal_go_and_the_newest_stays(rehearsal: Rehearsal) -> None:
    base = rehearsal.kept / "base"
    if not base.exists():
        assert rehearsal.run("base-backup.sh").returncode == 0
    for path in base.iterdir():
        os.utime(path, (0, 0))
    rehearsal.switch_wal()
    old_wal = rehearsal.archived()
    assert rehearsal.run("base-backup.sh").returncode == 0
    assert len(list(base.iterdir())) == 1
    assert old_wal
    assert not old_wal & rehearsal.archived()
