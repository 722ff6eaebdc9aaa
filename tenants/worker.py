"""The worker's side of the queue: every job starts with no workspace, is put inside its own, and leaves with none.

A job row says whose it is in `args.workspace`, written by the database function `extensions.defer_job` from
the role that asked. A workspace task without one is refused; so is a control task with one.
"""

import json
from typing import Any

import procrastinate
import structlog
from django.db import close_old_connections, connection

from shared import queue
from tenants import context
from tenants.models import Tenant

log = structlog.get_logger(__name__)
JOB_STATEMENT_TIMEOUT_MS = 10 * 60 * 1000
STALLED_AFTER_S = 60


class WrongPlaceError(Exception):
    """A job that does not say whose it is, or says so where it must not."""


class NotServingError(Exception):
    """The workspace is not serving now; the job is tried again later."""


def perform(name: str, workspace: str | None, arguments: dict[str, Any]) -> Any:
    """Run one registered task where its row says. Raises WrongPlaceError, NotServingError, or what the task raises."""
    task = queue.registry[name]
    if task.area == "control":
        if workspace is not None:
            raise WrongPlaceError(f"{name} belongs to the platform and came from a workspace")
        return task.run(**arguments)
    if workspace is None:
        raise WrongPlaceError(f"{name} came without a workspace")
    tenant = Tenant.objects.get(uuid=workspace)
    if not tenant.is_serving:
        raise NotServingError(f"workspace {workspace} is {tenant.state}")
    with context.inside(tenant, timeout_ms=JOB_STATEMENT_TIMEOUT_MS, snapshot=task.snapshot):
        return task.run(**arguments)


def app() -> procrastinate.App:
    """Procrastinate over its own schema, knowing every registered task."""
    values = connection.get_connection_params()
    connector = procrastinate.PsycopgConnector(
        kwargs={key: values[key] for key in ("dbname", "user", "password", "host", "port") if values.get(key)}
        | {"options": "-c search_path=jobs"},
        min_size=1,
        max_size=4,
    )
    made = procrastinate.App(connector=connector)
    for task in queue.registry.values():
        _register(made, task)
    made.periodic(cron="* * * * *")(made.task(name="queue.retry_stalled", pass_context=True)(_retry_stalled))
    return made


def _register(made: procrastinate.App, task: queue.Task) -> None:
    def run(workspace: str | None = None, arguments: dict[str, Any] | None = None, timestamp: int = 0) -> Any:
        bound = structlog.contextvars.bind_contextvars(task=task.name, workspace=workspace)
        try:
            return perform(task.name, workspace, arguments or {})
        finally:
            structlog.contextvars.reset_contextvars(**bound)
            close_old_connections()

    retry = procrastinate.RetryStrategy(max_attempts=task.attempts, exponential_wait=3)
    queue_name = "control" if task.area == "control" else "workspace"
    registered = made.task(name=task.name, queue=queue_name, retry=retry)(run)
    if task.cron and task.area == "control":
        made.periodic(cron=task.cron)(registered)  # type: ignore[arg-type]  # called by keyword, timestamp included
    elif task.cron:
        _register_everywhere(made, task)


def _register_everywhere(made: procrastinate.App, task: queue.Task) -> None:
    def run(timestamp: int = 0) -> int:
        try:
            return everywhere(task.name)
        finally:
            close_old_connections()

    registered = made.task(name=f"{task.name}.everywhere", queue="control")(run)
    made.periodic(cron=task.cron or "")(registered)


def everywhere(name: str) -> int:
    """Put a workspace task off once in every active workspace. Returns in how many."""
    asked = 0
    for tenant in Tenant.objects.filter(state=Tenant.State.ACTIVE).iterator():
        with context.inside(tenant):
            queue.later(name, lock=f"{name}:{tenant.uuid}")
        asked += 1
    return asked


async def _retry_stalled(job_context: procrastinate.JobContext, timestamp: int) -> None:
    """A worker that was killed leaves jobs marked as running: give them to another one."""
    manager = job_context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        log.warning("job_retried_after_stall", task=job.task_name, job=job.id)
        await manager.retry_job(job)


def run(*, concurrency: int = 2) -> None:
    """Work until told to stop; a running job is finished first."""
    app().run_worker(
        concurrency=concurrency,
        delete_jobs="successful",
        fetch_job_polling_interval=2.0,
        shutdown_graceful_timeout=20,
    )


def pending() -> list[tuple[int, str, str | None, dict[str, Any]]]:
    """Jobs that wait: number, task, workspace, arguments. For tests and for the status page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, task_name, args FROM jobs.procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        rows = cursor.fetchall()
    read = ((number, name, json.loads(args) if isinstance(args, str) else args) for number, name, args in rows)
    return [(number, name, args["workspace"], args["arguments"]) for number, name, args in read]
