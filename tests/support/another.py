"""A second process of the product over the suite's database: it serves requests and says what it knows.

`Another` is the test's end; run as a module, this file is the process itself. They speak JSON, a line each way.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, connection

from tests.architecture.sources import ROOT

PATIENCE_S = 20  # for what takes milliseconds on a quiet machine


class Another:
    """A context manager. `settings` are put in force in the other process before it starts."""

    def __init__(self, **settings: Any) -> None:
        self.settings = {"HOST_CACHE": True, **settings}

    def __enter__(self) -> "Another":
        database = str(connection.settings_dict["NAME"])
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        self.child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "tests.support.another", database, json.dumps(self.settings)],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.tell("pid") > 0
        return self

    def __exit__(self, *_: object) -> None:
        self.child.stdin.close()
        self.child.wait(PATIENCE_S)
        self.child.stdout.close()

    def tell(self, verb: str, **arguments: Any) -> Any:
        """Ask it for something; what it answers."""
        self.child.stdin.write(json.dumps([verb, arguments]) + "\n")
        self.child.stdin.flush()
        line = self.child.stdout.readline()
        assert line, f"the other process ended at {verb}"
        return json.loads(line)

    def get(self, host: str, path: str = "/sign-in/", method: str = "GET", body: str = "") -> dict[str, Any]:
        """`{status, headers, body, asked}`; `asked` counts the look-ups of hosts that it took."""
        return self.tell("request", host=f"{host}.localhost", path=path, method=method, body=body)

    def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until something is so; fails when it never is."""
        deadline = time.monotonic() + PATIENCE_S
        while not wanted():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.005)

    def remembers(self, *hosts: str) -> None:
        """Wait until it answers for these hosts without asking."""
        for host in hosts:
            self.until(lambda host=host: self.get(host)["asked"] == 0)


class Child:
    """What the other process can be told."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()

        from tenants import hosts

        self.hosts, self.asked = hosts, 0
        look_up = hosts._ask

        def counted(label: str) -> Any:
            self.asked += 1
            return look_up(label)

        hosts._ask = counted

        from tests.support import deeds

        deeds.register()

    def pid(self) -> int:
        return os.getpid()

    def request(self, host: str, path: str, method: str, body: str) -> dict[str, Any]:
        from django.test import RequestFactory

        self.asked = 0
        # A cookie, so that every page asks the database who that is.
        given = {"SERVER_NAME": host, "HTTP_HOST": host, "HTTP_COOKIE": f"sessionid={'0' * 32}"}
        environ = RequestFactory(**given).generic(method, path, body).environ
        seen: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            seen.update(status=int(status.split()[0]), headers=dict(headers))

        response = self.application(environ, start)
        text = b"".join(response).decode()
        response.close()  # says that the request is finished
        return {**seen, "body": text, "asked": self.asked}

    def fork(self) -> int:
        """From here on a forked process answers; this one waits for its end."""
        child = os.fork()
        if child:
            os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        return os.getpid()

    def deafen(self) -> bool:
        """From now on a listener that lost its connection finds no other."""
        from tenants import listening

        self.parameters = listening.parameters
        listening.parameters = lambda: {"host": "/nowhere"}
        return True

    def heal(self) -> bool:
        from tenants import listening

        listening.parameters = self.parameters
        return True

    def hears(self) -> bool:
        return self.hosts.listener.is_current()

    def find(self, label: str) -> bool:
        return self.hosts.find(label) is not None

    def schema_of(self, label: str) -> str:
        """Which schema this process works in for a label, asked of the database itself; empty where it is refused."""
        from tenants import context

        tenant = self.hosts.find(label)
        with suppress(DatabaseError), context.inside(tenant), connection.cursor() as cursor:
            cursor.execute("SELECT current_schema() || ' ' || current_user")
            schema, role = cursor.fetchone()[0].split()
            assert schema == role
            return str(schema)
        return ""

    def known(self) -> dict[str, int]:
        memory = self.hosts._memory
        return {name: len(getattr(memory, name)) for name in ("labels", "tenants", "strangers")}

    def leave_room_for(self, strangers: int) -> int:
        """How many unknown labels are remembered from now on; returns how many were before."""
        from tenants.recent import Recent

        memory = self.hosts._memory
        before, memory.strangers = memory.strangers, Recent(strangers)
        return before._half * 2

    def perform(self, name: str, workspace: str | None, arguments: dict[str, Any]) -> str:
        """Run a job as a worker does; the name of what it raised."""
        from django.db import close_old_connections

        from tenants import worker

        try:
            worker.perform(name, workspace, arguments)
        except Exception as error:
            return type(error).__name__
        finally:
            close_old_connections()
        return ""

    def backend(self) -> int:
        """The process of PostgreSQL that answers this thread now."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    def side_by_side(self, schemas: list[str]) -> list[int]:
        """Work in each schema in a thread of its own, all at once; the backend that each got."""
        from django.db import connections

        from tenants import context

        meet = threading.Barrier(len(schemas))

        def work(schema: str) -> int:
            try:
                with context.entered(context.of_schema(schema)):
                    found = self.backend()
                    meet.wait(PATIENCE_S)
                return found
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(schemas)) as threads:
            return list(threads.map(work, schemas))

    def hammer(self, schemas: dict[str, str], threads: int, times: int) -> dict[str, int]:
        """Work in all schemas from several threads, in every way that could leave something behind. `schemas` says how
        the root unit of each is called. Returns how often it worked somewhere and how often it saw somebody else's."""
        from django.db import connections

        from tests.support import deeds

        def work(number: int) -> dict[str, int]:
            try:
                return deeds.mix(random.Random(number), schemas, times)  # noqa: S311
            finally:
                connections.close_all()

        with ThreadPoolExecutor(threads) as pool:
            counts = list(pool.map(work, range(threads)))
        return {name: sum(count[name] for count in counts) for name in counts[0]}

    def left(self) -> dict[str, Any]:
        """What is still set or held on this thread's connection, as the database says; past Django's cursor."""
        connection.ensure_connection()
        row = connection.connection.execute(
            "SELECT current_setting('role'), current_user = session_user, "
            "current_setting('search_path') = (SELECT reset_val FROM pg_settings WHERE name = 'search_path'), "
            "current_setting('statement_timeout'), (SELECT count(*) FROM pg_prepared_statements), "
            "(SELECT count(*) FROM pg_cursors WHERE name <> ''), "
            "(SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'), "
            "(SELECT count(*) FROM pg_listening_channels()), pg_my_temp_schema()::int"
        ).fetchone()
        names = ("role", "login", "path", "timeout", "prepared", "cursors", "advisory", "channels", "temporary")
        return dict(zip(names, row, strict=True)) | {"status": int(connection.connection.info.transaction_status)}


def main() -> None:
    import django
    from django.conf import settings

    database, wanted = sys.argv[1], json.loads(sys.argv[2])
    settings.DATABASES["default"]["NAME"] = database
    settings.DATABASES["default"].update(wanted.pop("DATABASE", {}))
    for name, value in wanted.items():
        setattr(settings, name, value)
    django.setup()
    child = Child()
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(getattr(child, verb)(**arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
