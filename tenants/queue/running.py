"""The worker's process: it works until it is told to stop, and comes back when the database does."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import procrastinate
import structlog
from croniter import croniter  # type: ignore[import-untyped]
from django.conf import settings
from django.db import connection
from procrastinate import exceptions
from procrastinate.jobs import Job
from psycopg import OperationalError

from shared import queue
from shared.reporting import brief, places
from tenants import worker
from tenants.queue.line import PARKED, Line, whose

log = structlog.get_logger(__name__)
POLL_S = 2.0  # for what becomes due; new jobs are heard of at once
GRACE_S = 20
SILENT_BEATS = 3  # heartbeats missed until a worker is taken for dead
LONGEST_PAUSE_S = 10
LONGEST_WAIT_S = 3600


def app(*, slots: int) -> tuple[procrastinate.App, Line]:
    """Procrastinate over its own schema, knowing every registered task; it runs `slots` jobs at once."""
    values = {k: v for k, v in connection.get_connection_params().items() if isinstance(v, str | int) and v}
    options = f"{values.get('options', '')} -c search_path=jobs"
    connector = procrastinate.PsycopgConnector(kwargs=values | {"options": options}, min_size=1, max_size=4)
    made = procrastinate.App(connector=connector)
    line = made.job_manager = Line(connector, slots=slots)
    for task in queue.registry.values():
        _register(made, line, task)
    # Procrastinate reads a cron line in UTC; ours are written in the time of the place.
    here = datetime.now(ZoneInfo(settings.TIME_ZONE))
    for periodic in made.periodic_registry.periodic_tasks.values():
        periodic.__dict__["croniter"] = croniter(periodic.cron, here)
    return made, line


def _register(made: procrastinate.App, line: Line, task: queue.Task) -> None:
    def run(
        job: procrastinate.JobContext,
        workspace: str | None = None,
        arguments: dict[str, Any] | None = None,
        timestamp: int = 0,
    ) -> None:
        try:
            worker.perform(task, workspace, arguments or {}, job=job.job.id)
        finally:
            worker.leave_nothing()

    registered = made.task(name=task.name, queue="control", retry=Patience(line, task.attempts), pass_context=True)(run)
    if task.cron and task.area == "control":
        made.periodic(cron=task.cron)(registered)  # type: ignore[arg-type]  # called by keyword, timestamp included
    elif task.cron:
        spread = partial(worker.everywhere, task.name)
        _register(made, line, queue.Task(f"{task.name}.everywhere", spread, "control", task.attempts, task.cron))


class Patience(procrastinate.BaseRetryStrategy):
    """How often a task is tried again, and after how long: 3, 9, 27, 81, 243 … seconds, an hour at most."""

    def __init__(self, line: Line, attempts: int) -> None:
        self.line = line
        self.attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:
        """None when the job has failed for good: no attempt is left, or no other attempt could end differently."""
        if isinstance(exception, worker.NotServingError):
            return procrastinate.RetryDecision(retry_in={"seconds": 0}, priority=PARKED)
        self.line.errors[job.id or 0] = said = brief(exception)
        made = job.attempts + 1
        is_last = made >= self.attempts or isinstance(exception, worker.WrongPlaceError)
        log.warning(
            "job_failed",
            task=job.task_name,
            job=job.id,
            workspace=whose(job),
            attempt=made,
            error=said,
            at=places(exception),
        )
        return None if is_last else procrastinate.RetryDecision(retry_in={"seconds": _wait_s(made)})


def _wait_s(attempts: int) -> int:
    return min(3**attempts, LONGEST_WAIT_S)


def run(*, concurrency: int = 2, kinds: Iterable[str] | None = None, poll_s: float = POLL_S) -> None:
    """Work until told to stop; a running job is finished first. `kinds` leaves the others to other workers."""
    asyncio.run(_until_told(concurrency, list(kinds) if kinds else None, poll_s))


async def _until_told(concurrency: int, kinds: list[str] | None, poll_s: float) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    pause_s = 1
    while not told.is_set():
        began = time.monotonic()
        try:
            await _work(told, concurrency, kinds, poll_s)
            error = ""
        except (exceptions.ConnectorException, OperationalError) as caught:
            error = brief(caught)
        if told.is_set():
            return
        pause_s = 1 if time.monotonic() - began > LONGEST_PAUSE_S else min(2 * pause_s, LONGEST_PAUSE_S)
        log.warning("worker_lost_the_database", error=error, again_in_s=pause_s)
        await _first(told.wait(), asyncio.sleep(pause_s))


async def _work(told: asyncio.Event, concurrency: int, kinds: list[str] | None, poll_s: float) -> None:
    """Until told to stop, or until the worker ends by itself because it lost the database."""
    made, line = app(slots=concurrency)
    async with made.open_async():
        working = asyncio.create_task(
            made.run_worker_async(
                queues=kinds,  # type: ignore[arg-type]  # None, the default, means all of them
                concurrency=concurrency,
                fetch_job_polling_interval=poll_s,
                shutdown_graceful_timeout=GRACE_S,
                update_heartbeat_interval=settings.WORKER_HEARTBEAT_S,
                stalled_worker_timeout=SILENT_BEATS * settings.WORKER_HEARTBEAT_S,
                install_signal_handlers=False,
            )
        )
        try:
            await _first(told.wait(), _tend(line), asyncio.shield(working))
        finally:
            # Cancelled, the worker takes no more jobs and waits for those it has in hand.
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working


async def _tend(line: Line) -> None:
    """See to what others left behind, at every heartbeat."""
    while True:
        try:
            await line.hand_on(silent_s=SILENT_BEATS * settings.WORKER_HEARTBEAT_S)
        except exceptions.ConnectorException as error:
            log.warning("tending_failed", error=brief(error))
        await asyncio.sleep(settings.WORKER_HEARTBEAT_S)


async def _first(*waiting: Awaitable[object]) -> None:
    """Until one of them ends; the others are given up. Raises what that one raised."""
    tasks = [asyncio.ensure_future(each) for each in waiting]
    done, rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    for task in done:
        task.result()
