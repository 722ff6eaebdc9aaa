"""Who is next: procrastinate's job manager over our own line, which gives every kind and every workspace its turn."""

import asyncio
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, LiteralString

import structlog
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Notification, Status
from procrastinate.manager import JobManager, NotificationCallback

from shared import queue
from shared.reporting import brief

log = structlog.get_logger(__name__)

# The platform's own work, what workspaces asked for, and what nobody waits for.
KINDS = ("control", "workspace", "background")
PARKED = -2
_WAKE: Notification = {"type": "job_inserted", "job_id": 0}


class Line(JobManager):
    """What is taken next, and how a job leaves. One object a worker: it remembers whom it served last.

    Kinds take turns, so that none starves another; background jobs never hold a worker's last free slot, so that
    something urgent waits for no long one.
    """

    def __init__(self, connector: Any, *, slots: int) -> None:
        super().__init__(connector)
        self.slots = slots
        self.errors: dict[int, str] = {}  # job → what it failed of, between its failure and its burial
        self._order = list(KINDS)  # the one served last stands last
        self._last_lane = ""
        self._in_hand: dict[int, str] = {}  # job → its kind
        self._books = asyncio.Lock()  # what the database says we hold and what we know of stay one
        self._worker = 0
        self._wakes = 0
        self._wake: NotificationCallback | None = None

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """The next job, marked as this worker's, or None."""
        self._worker = worker_id
        while True:
            wakes = self._wakes
            for kind in self._turn(queues):
                async with self._books:
                    if job := await self._take(kind):
                        return job
            # Something happened while we looked: the worker would sleep through it.
            if wakes == self._wakes:
                return None

    def _turn(self, queues: Iterable[str] | None) -> list[str]:
        kinds = [kind for kind in self._order if queues is None or kind in queues]
        if len(kinds) > 1 and self.slots > 1 and list(self._in_hand.values()).count("background") >= self.slots - 1:
            kinds = [kind for kind in kinds if kind != "background"]
        return kinds

    async def _take(self, kind: str) -> Job | None:
        rows = await self.connector.execute_query_all_async(
            query="SELECT * FROM jobs.take_next(%(worker)s, %(kind)s, %(lane)s)",
            worker=self._worker,
            kind=kind,
            lane=self._last_lane,
        )
        if not rows:
            return None
        job = Job.from_row(rows[0])
        self._order = [*(other for other in self._order if other != kind), kind]
        if kind == "workspace":
            self._last_lane = job.lock or ""
        self._in_hand[job.id or 0] = kind
        return job

    async def listen_for_jobs(
        self, *, on_notification: NotificationCallback, queues: Iterable[str] | None = None
    ) -> None:
        """As procrastinate does, again and again when the connection is lost. What wakes the worker also makes a search
        under way begin anew."""

        async def hear(*, channel: str, notification: Notification) -> None:
            self._wakes += 1
            await on_notification(channel=channel, notification=notification)

        self._wake = hear
        while True:
            try:
                await super().listen_for_jobs(on_notification=hear, queues=queues)
            except ConnectorException as error:
                log.warning("listener_lost_the_database", error=brief(error))
                await asyncio.sleep(1)

    async def update_heartbeat(self, worker_id: int) -> None:
        """As procrastinate does; a beat that is missed is no end."""
        try:
            await super().update_heartbeat(worker_id)
        except ConnectorException as error:
            log.warning("heartbeat_missed", error=brief(error))

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """A job that succeeded left the queue with its effect; one that failed for good is kept with its error."""
        said = self.errors.pop(job.id or 0, "TaskNotFound")
        if status == Status.SUCCEEDED:
            await self._end(job, "SELECT jobs.leave(%(job)s)")
        else:
            log.error("job_failed_for_good", task=job.task_name, job=job.id, workspace=whose(job), error=said)
            await self._end(job, "SELECT jobs.bury(%(job)s, %(said)s)", said=said)

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Back into the queue: for later, or parked without counting the attempt."""
        self.errors.pop(job.id or 0, None)
        if priority == PARKED:
            await self._end(job, "SELECT jobs.park(%(job)s)")
        else:
            await self._end(job, "SELECT jobs.put_off(%(job)s, %(due)s)", due=retry_at)

    async def _end(self, job: Job, query: LiteralString, **values: Any) -> None:
        """Its lane and its slot are free then. Procrastinate would look again only at its next poll: wake it."""
        try:
            await self.connector.execute_query_async(query=query, job=job.id, **values)
        except ConnectorException as error:
            # Still ours in the database, and no longer in our hand: handed on at the next heartbeat.
            log.warning("end_not_noted", task=job.task_name, job=job.id, workspace=whose(job), error=brief(error))
        finally:
            self._in_hand.pop(job.id or 0, None)
            await self._look_again()

    async def _look_again(self) -> None:
        if self._wake:
            await self._wake(channel="", notification=_WAKE)

    async def hand_on(self, *, silent_s: float) -> None:
        """Give what a silent worker had in hand to another one; bury what used up its attempts so. Put the jobs of
        workspaces that serve again back in line."""
        async with self._books:
            rows = await self.connector.execute_query_all_async(
                query="SELECT * FROM jobs.hand_on(%(silent_s)s, %(worker)s, %(in_hand)s::bigint[], %(most)s::jsonb, "
                "%(otherwise)s)",
                silent_s=silent_s,
                worker=self._worker,
                in_hand=list(self._in_hand),
                most=json.dumps({task.name: task.attempts for task in queue.registry.values()}),
                otherwise=queue.MAX_ATTEMPTS,
            )
        for row in rows:
            say = log.error if row["buried"] else log.warning
            event = "job_failed_for_good" if row["buried"] else "job_handed_on"
            say(event, task=row["task_name"], job=row["id"], workspace=row["workspace"], error="WorkerDied")
        moved = await self.connector.execute_query_one_async(query="SELECT jobs.unpark() AS jobs")
        if rows or moved["jobs"]:
            await self._look_again()


def whose(job: Job) -> Any:
    """The uuid of the workspace that asked for a job; None for the platform's own."""
    return job.task_kwargs.get("workspace")
