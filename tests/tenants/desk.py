"""A worker's side of the line without a worker: what would be taken next, one job at a time, in the test's own
transaction."""

import json
from collections.abc import Coroutine, Iterable
from typing import Any

from django.db import connection
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status

from tenants.queue.line import Line


def at_once(work: Coroutine[Any, Any, Any]) -> Any:
    """Run what waits for nothing: no loop, so that the test's own connection may be used."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waits for something")


class Here(BaseConnector):
    """The connection of the test."""

    async def execute_query_all_async(self, query: Any, **values: Any) -> list[dict[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            names = [column.name for column in cursor.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return [{key: json.loads(value) if key == "args" else value for key, value in row.items()} for row in rows]

    async def execute_query_async(self, query: Any, **values: Any) -> None:
        await self.execute_query_all_async(query, **values)

    async def execute_query_one_async(self, query: Any, **values: Any) -> dict[str, Any]:
        return (await self.execute_query_all_async(query, **values))[0]


class Desk:
    """One worker with so many slots."""

    def __init__(self, slots: int = 2) -> None:
        self.line = Line(Here(), slots=slots)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO jobs.procrastinate_workers DEFAULT VALUES RETURNING id")
            self.number = cursor.fetchone()[0]

    def take(self, kinds: Iterable[str] | None = None) -> Job | None:
        return at_once(self.line.fetch_job(kinds, self.number))

    def end(self, job: Job | None) -> None:
        assert job
        at_once(self.line.finish_job(job, Status.SUCCEEDED, True))

    def fail(self, job: Job | None, **how: Any) -> None:
        assert job
        at_once(self.line.retry_job(job, **how))

    def hand_on(self, silent_s: float = 30) -> None:
        at_once(self.line.hand_on(silent_s=silent_s))

    def work(self, jobs: int) -> list[Job]:
        """Take and end so many, one after the other, or as many as there are."""
        done: list[Job] = []
        while len(done) < jobs and (job := self.take()):
            self.end(job)
            done.append(job)
        return done
