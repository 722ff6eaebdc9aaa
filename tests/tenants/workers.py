"""Real workers in processes of their own, over the suite's database, with tasks made for watching them.

Run as a script it is their parent: each `start` on its standard input forks a worker, so that a test can kill many
without waiting for Python to import Django each time.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

HEARTBEAT_S = 0.2
DICE = random.SystemRandom()


@dataclass
class Parent:
    """The process that forks workers."""

    process: "subprocess.Popen[str]"

    def start(self, **options: Any) -> int:
        """A worker with these options of `running.run`; returns its process id at once, before it has begun to work."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(options) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def parent(*, pooled: bool = False) -> Iterator[Parent]:
    """Ready to fork workers; every one that is still there is killed in the end."""
    from django.db import connection

    from tests.architecture.sources import ROOT

    process = subprocess.Popen(
        [sys.executable, "-m", "tests.tenants.workers", str(connection.settings_dict["NAME"]), "pooled" * pooled],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}/src:{ROOT}", "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Parent(process)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def is_there(pid: int) -> bool:
    """Whether the process lives; the parent lets the dead go at once."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# ── The tasks ────────────────────────────────────────────────────────────────────────────────────


def execute(statement: str, *values: object) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def count(slow_s: float = 0.0) -> None:
    """An effect that is seen when it is there twice: `seen` is a table of the workspace, or of the control schema."""
    time.sleep(DICE.uniform(0, slow_s))
    execute("UPDATE seen SET number = number + 1 WHERE what = 'count'")
    time.sleep(DICE.uniform(0, slow_s))


def note(what: str, takes_s: float = 0.0) -> None:
    """Leave a line that says when it was done."""
    time.sleep(takes_s)
    execute("INSERT INTO seen (what) VALUES (%s)", what)


def note_for(workspace: object, what: str) -> None:
    """The same for a task of the platform, in the control schema."""
    note(f"{what} for {workspace}")


def fail(what: str) -> None:
    note(what)
    raise ValueError(f"身份证 110101199003070011 of {what!r}, 13800000000")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leak() -> None:
    """Everything a careless task could leave behind."""
    import structlog
    from django.db import connection
    from django.utils import timezone, translation

    from shared import workspace
    from tenants import context

    translation.activate("en")
    timezone.activate("UTC")
    structlog.contextvars.bind_contextvars(leaked="leaked")
    workspace.current.set(workspace.current.get())
    context.current.set(context.current.get())
    role = context.current.get().role
    # For the session, not for the transaction: a commit does not take them back.
    for statement in (f"SET ROLE {role}", f"SET search_path = {role}", "SET lock_timeout = '7s'"):
        connection.connection.execute(statement)
    connection.connection.execute("SELECT pg_advisory_lock(4711)")


def look() -> None:
    """What a task finds in force when it begins."""
    import structlog
    from django.db import connection
    from django.utils import timezone, translation

    from shared.workspace import current
    from tenants import context

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user = session_user, current_setting('search_path'), current_setting('lock_timeout'), "
            "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND pid = pg_backend_pid())"
        )
        database = cursor.fetchone()
    found = [
        *database, translation.get_language(), str(timezone.get_current_timezone()), str(context.current.get()),
        str(current.get()), "leaked" in structlog.contextvars.get_contextvars(),
    ]  # fmt: skip
    execute("INSERT INTO public.seen (what) VALUES (%s)", json.dumps(found))


def register() -> None:
    """These tasks and no others: no cron of the product runs in the suite's database."""
    from shared import queue

    queue.registry.clear()
    queue.task("tests.count", attempts=1000)(count)
    queue.task("tests.count_control", area="control", attempts=1000)(count)
    queue.task("tests.note")(note)
    queue.task("tests.note_control", area="control")(note)
    queue.task("tests.note_in_steps", area="control", in_steps=True)(note)
    queue.task("tests.note_for", area="platform")(note_for)
    queue.task("tests.fail", attempts=2)(fail)
    queue.task("tests.crash", area="control", attempts=2)(crash)
    queue.task("tests.leak")(leak)
    queue.task("tests.look", area="control")(look)


def main(database: str, pooled: bool) -> None:
    import django
    from django.conf import settings
    from django.db import connections

    django.setup()
    values = settings.DATABASES["default"]
    values["NAME"] = database
    if pooled:
        values["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1}
    settings.WORKER_HEARTBEAT_S = HEARTBEAT_S
    from tenants.queue import running

    register()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        connections.close_all()
        if pid := os.fork():
            print(pid, flush=True)  # noqa: T201  the answer to the test
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        running.run(**json.loads(line))
        os._exit(0)
    os.killpg(0, signal.SIGKILL)  # the test is gone


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] == "pooled")
