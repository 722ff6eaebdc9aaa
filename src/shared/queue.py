"""Work for later: tasks by name, put into the queue in the same transaction as the change that asks for them.

A workspace's role has no right on the queue's tables. It may call one database function, `defer_job`, which reads from
the role itself whose job this is; so a job can neither be lost by a crash after commit nor claim another workspace.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

MAX_ATTEMPTS = 5


@dataclass(frozen=True)
class Task:
    """A registered task. `area` says where it runs: inside the workspace that asked, or over the control schema.

    A `snapshot` task of a workspace sees one instant from its beginning to its end.
    """

    name: str
    run: Callable[..., Any]
    area: str
    attempts: int
    cron: str | None = None
    snapshot: bool = False


registry: dict[str, Task] = {}


def task(
    name: str,
    *,
    area: str = "workspace",
    attempts: int = MAX_ATTEMPTS,
    cron: str | None = None,
    snapshot: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as the task `name` (`app.verb`). It gets ids, calls one action, and may run more than once.

    `cron` (five fields, Asia/Shanghai) makes a control task periodic; a workspace task is then put off once in every
    active workspace.
    """

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        if name in registry and registry[name].run.__module__ != run.__module__:
            raise ValueError(f"two tasks are called {name}")
        registry[name] = Task(name, run, area, attempts, cron, snapshot)
        return run

    return register


def later(name: str, *, at: datetime | None = None, lock: str | None = None, **arguments: Any) -> int:
    """Ask for the task `name`; it is queued when the running transaction commits. Returns the job's number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extensions.defer_job(%s, %s::jsonb, %s, %s)", [name, json.dumps(arguments), lock, at])
        row = cursor.fetchone()
    return int(row[0])


@dataclass(frozen=True)
class State:
    """How the queue stands: jobs that could run now, that run, that failed for good; since when the oldest waits; when
    a worker last said that it lives."""

    waiting: int
    running: int
    failed: int
    oldest: datetime | None
    worker_seen: datetime | None


def state() -> State:
    """The queue in numbers. For the public site and the console; a workspace may not ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT waiting, running, failed, oldest, worker_seen FROM extensions.queue_state()")
        return State(*cursor.fetchone())
