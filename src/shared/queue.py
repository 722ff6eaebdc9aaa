"""Work for later: tasks by name, put into the queue in the same transaction as the change that asks for them.

A workspace's role has no right on the queue's tables. It may call one database function, `defer_job`, which reads from
the role itself whose job this is; so a job can neither be lost by a crash after commit nor claim another workspace.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from shared.script import Script

MAX_ATTEMPTS = 6  # over some six minutes
MAIL_ATTEMPTS = 8  # over an hour: a mail server is mended by then
_DEFER = "SELECT extensions.defer_job(%s, %s::jsonb, %s, %s, %s)"
AREAS = ("workspace", "platform", "control")


class TooManyJobs(Refusal):
    message = _("等待处理的任务太多（上限 {limit} 个），请等前面的任务完成后再试。")
    status = 429


class JobTooLarge(Refusal):
    message = _("任务「{task}」携带的数据太大，无法排队。")
    status = 413


@dataclass(frozen=True)
class Task:
    """A registered task. `area` says where it runs and who may ask for it:

    - `workspace`: inside the workspace that asked;
    - `platform`: over the control schema, for the workspace that asked, whose uuid it gets as `workspace`;
    - `control`: for the platform itself; a workspace that asks is refused.

    `attempts` counts all runs, the first included. A task runs in one transaction that also takes its job off the
    queue, so its effect is there once or not at all; one that is `in_steps` commits by itself and must bear repetition.

    A `snapshot` task of a workspace sees one instant from its beginning to its end.
    """

    name: str
    run: Callable[..., Any]
    area: str
    attempts: int = MAX_ATTEMPTS
    cron: str | None = None
    in_steps: bool = False
    snapshot: bool = False


registry: dict[str, Task] = {}


def task(
    name: str,
    *,
    area: str = "workspace",
    attempts: int = MAX_ATTEMPTS,
    cron: str | None = None,
    in_steps: bool = False,
    snapshot: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as the task `name` (`app.verb`). It gets ids and calls one action.

    `cron` (five fields, in the time zone of the settings) makes a control task periodic; a workspace task is then put
    off once in every active workspace. What a task does outside the database (a mail) may happen twice.
    """
    if area not in AREAS or (in_steps and area != "control") or (cron and area == "platform"):
        raise ValueError(
            f"{name}: area is one of {AREAS}; only control tasks go in steps; platform tasks are asked for"
        )

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        if name in registry and registry[name].run.__module__ != run.__module__:
            raise ValueError(f"two tasks are called {name}")
        registry[name] = Task(name, run, area, attempts, cron, in_steps, snapshot)
        return run

    return register


def later(
    name: str, *, at: datetime | None = None, lock: str | None = None, background: bool = False, **arguments: Any
) -> int:
    """Ask for the task `name`; it is queued when the running transaction commits. Returns the job's number.

    A workspace's jobs run one at a time, in the order asked for. The platform's run side by side, except those with the
    same `lock`; `background` is for what nobody waits for. Both mean nothing in a workspace. Raises TooManyJobs,
    JobTooLarge.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DEFER, [name, json.dumps(arguments), lock, at, background])
        return _number(name, cursor.fetchone()[0])


def later_in(script: Script, name: str, **arguments: Any) -> None:
    """The same as a statement of a script, whose run raises then."""
    script.ask(_DEFER, name, json.dumps(arguments), None, None, False, then=lambda row: _number(name, row[0]))


def later_each(name: str, rows: Iterable[dict[str, Any]], *, lock: str | None = None) -> int:
    """Ask for a task of the platform once for each set of arguments, in the background and in one statement.

    `lock` may name arguments in braces. Returns how many. Raises JobTooLarge.
    """
    asked = [{"lock": lock and lock.format(**row), "arguments": row} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(min(extensions.defer_job(%s, each -> 'arguments', each ->> 'lock', NULL, true)), 0) "
            "FROM jsonb_array_elements(%s::jsonb) each",
            [name, json.dumps(asked)],
        )
        _number(name, cursor.fetchone()[0])
    return len(asked)


def _number(name: str, answer: int) -> int:
    """What the door answered: a job's number, or why there is none."""
    if answer == -1:
        raise TooManyJobs(limit=settings.MAX_WAITING_JOBS)
    if answer == -2:
        raise JobTooLarge(task=name)
    return int(answer)


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
