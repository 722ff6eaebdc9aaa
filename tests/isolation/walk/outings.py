"""What a walker does besides reading and writing: other threads, jobs, requests, streams, and connections that end."""

import select
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psycopg
from django.db import Error, connection, connections, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from shared import queue
from shared.workspace import current as current_workspace
from tenants import context
from tenants.middleware import HostMiddleware
from tests.isolation.walk.ground import READS, WRITES
from tests.isolation.walk.walker import Held, Leak, Stumble, Walker
from tests.support.jobs import run_jobs
from workspace.members.models import Member

THREADS = 2
JOB = "walk.look"


class Outings:
    """Belongs to one walker. Close it: it holds threads and a connection of its own."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self._threads = ThreadPoolExecutor(THREADS)
        self._jobs: list[tuple[str, object]] = []
        queue.task(JOB)(self._look)

    def close(self) -> None:
        self.walker.finish()
        queue.registry.pop(JOB)
        list(self._threads.map(lambda _n: connections.close_all(), range(THREADS)))
        self._threads.shutdown()

    # ── threads ───────────────────────────────────────────────────────────────────────────────────
    def threads(self, places: tuple[str, ...], kind: str) -> None:
        """Other threads read at the same time, each in a place of its own; they see only what is committed."""
        self.walker.operations += 1
        asked = [self._threads.submit(self._elsewhere, place, kind, self.walker.kept) for place in places]
        for future in asked:
            future.result()

    def _elsewhere(self, place: str, kind: str, kept: Held) -> None:
        if context.current.get() is not None or current_workspace.get() is not None:
            raise Leak("a thread began with somebody's context")
        estate = self.walker.ground.get(place)
        if estate is None:
            self.walker.refused(lambda: READS["get"][0](self.walker.ground["jia"]), "a thread of nobody's")
            return
        with context.inside(estate.tenant):
            self.walker.check(kind, estate, kept[place])

    # ── jobs ──────────────────────────────────────────────────────────────────────────────────────
    def job(self, place: str) -> None:
        """Ask for a job in a workspace and have it performed from wherever we stand."""
        if self.walker.is_broken:
            return
        self.walker.operations += 1
        estate = self.walker.ground[place]
        self._jobs.clear()
        with context.inside(estate.tenant):
            queue.later(JOB, slug=place)
        with transaction.atomic():
            run_jobs()
        if self._jobs != [(place, estate.secret)]:
            raise Leak(f"a job of {place} saw {self._jobs}")

    def _look(self, slug: str) -> None:
        self._jobs.append((slug, Member.objects.values_list("residence", flat=True)[0]))

    # ── requests and streams ──────────────────────────────────────────────────────────────────────
    def request(self, place: str, kind: str, ending: str) -> None:
        """A request by host reads and writes; ending `well` keeps what it wrote, `error` and `500` do not."""
        walker = self.walker
        if walker.frames:
            return
        walker.operations += 1
        estate, memory = walker.ground[place], walker.held[place]

        def view(request: HttpRequest) -> HttpResponse:
            walker.check(kind, estate, memory)
            made = WRITES["update"](estate, memory)
            walker.check("get", estate, made)
            if ending == "error":
                raise Stumble
            if ending == "well":
                walker.kept = walker.held = {**walker.held, place: made}
            return HttpResponse(status=500 if ending == "500" else 200)

        with suppress(Stumble):
            self._answer(place, view)
        if context.current.get() is not None:
            raise Leak("a request left its context behind")

    def stream(self, place: str, *, late: bool) -> None:
        """A body that is sent piece by piece after the transaction has ended. `late`: it would only now read rows."""
        if self.walker.frames:
            return
        self.walker.operations += 1
        estate = self.walker.ground[place]

        def view(request: HttpRequest) -> StreamingHttpResponse:
            rows = Member.objects.values_list("residence", flat=True)
            return StreamingHttpResponse(_lines(rows if late else list(rows)))

        response: Any = self._answer(place, view)
        if late:
            self.walker.refused(lambda: b"".join(response), "a body read after its request")
        elif set(b"".join(response).decode().split()) != {estate.secret}:
            raise Leak(f"a stream of {place} held another's rows")

    def _answer(self, place: str, view: Callable[..., Any]) -> HttpResponse:
        request: Any = RequestFactory().get("/", headers={"host": f"{place}.localhost"})
        return HostMiddleware(view)(request)

    # ── connections ───────────────────────────────────────────────────────────────────────────────
    def reconnect(self, how: str) -> None:
        """The connection is `closed` by our side or `killed` by the server's, in the middle of whatever is open."""
        walker = self.walker
        walker.operations += 1
        if how == "closed":
            connection.close()
        elif walker.lost:
            return
        elif walker.frames:
            # What was never begun, nobody loses: a backend may put another connection in its place.
            with suppress(Error):
                connection.cursor().execute("SELECT 1")
            kill()
        elif connection.connection is not None:
            kill()
            with suppress(Error):
                self._enter_and_check()
            connection.close()
        walker.lost = walker.lost or bool(walker.frames)

    def _enter_and_check(self) -> None:
        estate = self.walker.ground["jia"]
        with context.inside(estate.tenant):
            self.walker.check("get", estate, self.walker.kept["jia"])


def kill() -> None:
    """End the backend of this thread's connection, and wait until its end has arrived here."""
    mine = connection.connection
    values = connection.get_connection_params()
    values = {key: values[key] for key in ("dbname", "user", "password", "host", "port") if values.get(key)}
    with psycopg.connect(**values, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [mine.info.backend_pid])
    select.select([mine.pgconn.socket], [], [], 10)


def _lines(rows: Any) -> Iterator[str]:
    for row in rows:
        yield f"{row}\n"
