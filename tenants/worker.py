"""One job: whose it is, where it runs, and how its effect and its end become one.

A job row says whose it is in `args.workspace`, written by the database function `extensions.defer_job` from the role
that asked. Every job starts with no workspace, is put inside its own, and leaves with none.
"""

import json
from contextvars import Context
from typing import Any
from uuid import UUID

import structlog
from django.db import DatabaseError, connection, transaction
from psycopg import Error

from shared import queue
from tenants import context, heads
from tenants.models import Tenant

JOB_STATEMENT_TIMEOUT_MS = 10 * 60 * 1000


class WrongPlaceError(Exception):
    """A job that does not say whose it is, says so where it must not, or names a workspace that is not there."""


class NotServingError(Exception):
    """The workspace is not serving now; the job waits until it is, and this attempt does not count."""


class InHandError(Exception):
    """Another worker has the job in hand; what this one did is undone."""


def perform(task: str | queue.Task, workspace: str | None, arguments: dict[str, Any], *, job: int | None = None) -> Any:
    """Run one task, by its registered name or itself, where its row says. With the number of its `job`, that leaves the
    queue in the same transaction; a job whose effect is there already does nothing.

    Raises WrongPlaceError, NotServingError, InHandError, or what the task raises.
    """
    # An empty context: no workspace, no language, no time zone, no words in the log from whatever ran here before, and
    # nothing of this job for whatever runs next.
    known = queue.registry[task] if isinstance(task, str) else task
    return Context().run(_perform, known, workspace, arguments, job)


def _perform(task: queue.Task, workspace: str | None, arguments: dict[str, Any], job: int | None) -> Any:
    structlog.contextvars.bind_contextvars(task=task.name, job=job, workspace=workspace)
    tenant = _whose(task, workspace, arguments)
    try:
        return _run(task, tenant, arguments, job)
    except DatabaseError as error:
        # At a table or a column that this release has yet to bring there: when it has come, the job does its work.
        if tenant and context.lacked.get() and heads.is_behind(tenant.migration_head):
            raise NotServingError(f"workspace {workspace} waits for this release") from error
        raise


def _run(task: queue.Task, tenant: Tenant | None, arguments: dict[str, Any], job: int | None) -> Any:
    if task.in_steps:
        return task.run(**arguments)
    if task.snapshot and tenant:
        return _in_one_instant(task, tenant, arguments, job)
    with transaction.atomic():
        if job is not None and not _claim(job):
            return None
        if tenant is None:
            return task.run(**arguments)
        if task.area == "platform":
            with context.control():
                return task.run(workspace=tenant.uuid, **arguments)
        with context.inside(tenant, timeout_ms=JOB_STATEMENT_TIMEOUT_MS):
            return task.run(**arguments)


def _in_one_instant(task: queue.Task, tenant: Tenant, arguments: dict[str, Any], job: int | None) -> Any:
    """The isolation of a transaction is chosen when it begins, so this one begins inside the workspace."""
    with context.inside(tenant, timeout_ms=JOB_STATEMENT_TIMEOUT_MS, snapshot=True):
        with context.entered(None):
            claimed = job is None or _claim(job)
        return task.run(**arguments) if claimed else None


def _whose(task: queue.Task, workspace: str | None, arguments: dict[str, Any]) -> Tenant | None:
    """The workspace a job runs for; None for the platform's own."""
    if task.area == "control":
        if workspace is not None:
            raise WrongPlaceError(f"{task.name} belongs to the platform and came from a workspace")
        return None
    if workspace is None:
        raise WrongPlaceError(f"{task.name} came without a workspace")
    if task.area == "platform" and "workspace" in arguments:
        raise WrongPlaceError(f"{task.name} came with a workspace of its caller's choice")
    tenant = Tenant.objects.filter(uuid=UUID(workspace)).exclude(state=Tenant.State.PURGED).first()
    if tenant is None:
        raise WrongPlaceError(f"{task.name} came from a workspace that is not there")
    if not tenant.is_reachable:
        raise NotServingError(f"workspace {workspace} is {tenant.state}, on version {tenant.migration_head[:12]}")
    return tenant


def _claim(job: int) -> bool:
    """Take the job off the queue in this transaction. False when its effect is there already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT jobs.claim(%s)", [job])
        claimed = cursor.fetchone()[0]
    if claimed is None:
        raise InHandError(f"job {job} is in another worker's hand")
    return bool(claimed)


def leave_nothing() -> None:
    """After a job: whatever it left on its connection (a role, a path, a lock, an open transaction) is gone before the
    next one gets it from the pool. Without a pool the connection itself goes."""
    raw = connection.connection
    if raw is not None and connection.pool:  # type: ignore[attr-defined]  # PostgreSQL's backend has one
        try:
            raw.rollback()
            raw.autocommit = True
            raw.execute("DISCARD ALL")
        except Error:
            raw.close()
    connection.in_atomic_block = False  # a block that was entered and never left would forbid the close
    connection.close()


def everywhere(name: str) -> int:
    """Put a workspace task off once in every active workspace that has none waiting, in one statement. Returns in how
    many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT jobs.put_everywhere(%s)", [name])
        return int(cursor.fetchone()[0])


def drop_jobs(tenant: UUID) -> int:
    """Forget what a workspace has waiting and failed, and what the platform put off about it. Returns how many jobs.

    For its erasure. A job that runs is left to end; `waiting_jobs` says when nothing is left.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT extensions.drop_jobs(%s)", [tenant])
        return int(cursor.fetchone()[0])


def waiting_jobs(tenant: UUID) -> int:
    """How many jobs of a workspace are in the queue in whatever state, and how many of the platform's name it and do
    not run. Zero is the queue's part in the proof of erasure."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extensions.waiting_jobs(%s)", [tenant])
        return int(cursor.fetchone()[0])


def pending() -> list[tuple[int, str, str | None, dict[str, Any]]]:
    """Jobs that wait: number, task, workspace, arguments. For tests."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, task_name, args FROM jobs.procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        rows = cursor.fetchall()
    read = ((number, name, json.loads(args) if isinstance(args, str) else args) for number, name, args in rows)
    return [(number, name, args["workspace"], args["arguments"]) for number, name, args in read]
