"""One ear a process for what the database announces (LISTEN), on a connection of its own.

Nothing is assumed while nobody listens: `is_current()` says whether everything that was announced up to a moment ago
has been heard. A connection that died without a word is found out by its silence.
"""

import os
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import structlog
from django.conf import settings
from django.db import connections

log = structlog.get_logger(__name__)
HEARTBEAT_S = 1.0  # how often the connection is asked whether it lives
SILENCE_S = 3.0  # how long after an answer it is believed to
RETRY_S, RETRY_AT_MOST_S = 0.1, 5.0
# A host that vanished from the network never says so: libpq and the kernel give up after these.
_NAME = {"application_name": "tongxin listener"}
_PATIENCE = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "tcp_user_timeout": 10_000}
_LIBPQ = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
_NOT_LIBPQ = {"pool", "server_side_binding", "isolation_level", "assume_role", "prepare_threshold", "context"}


def parameters() -> dict[str, Any]:
    """Where to listen, as libpq names it: DATABASE_LISTEN_URL, else the database of all other work. LISTEN needs a
    session of its own, which PgBouncer in transaction mode does not give."""
    values = settings.LISTEN_DATABASE or connections["default"].settings_dict
    more = {key: value for key, value in values["OPTIONS"].items() if key not in _NOT_LIBPQ}
    return {libpq: values[ours] for ours, libpq in _LIBPQ.items() if values.get(ours)} | more


class Listener:
    """Calls `heard(payload)` for every announcement on a channel, and `began()` whenever it starts to listen: what was
    announced before that, nobody heard. The thread starts when somebody first asks, so after any fork."""

    def __init__(self, channel: str, *, heard: Callable[[str], None], began: Callable[[], None]) -> None:
        self._channel, self._heard, self._began = channel, heard, began
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        self._current_until = 0.0  # seconds of the monotonic clock
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()

    def is_current(self) -> bool:
        """Whether every announcement is heard as it is made. Starts to listen where nobody does."""
        if time.monotonic() < self._current_until:
            return True
        if self._thread is None or not self._thread.is_alive():
            self._start()
        return False

    def _start(self) -> None:
        if not settings.HOST_CACHE:
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._stopping = threading.Event()
                self._thread = threading.Thread(target=self._run, name=f"listen-{self._channel}", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End the thread and its connection. For tests: a process that ends takes both with it."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        self._current_until = 0.0

    def _run(self) -> None:
        stopping, wait_s, said = self._stopping, RETRY_S, False
        while not stopping.is_set():
            try:
                with psycopg.connect(**(_NAME | _PATIENCE | parameters()), autocommit=True) as connection:
                    self._listen(connection, stopping)
            except Exception as error:
                wait_s = RETRY_S if self._current_until else min(wait_s * 2, RETRY_AT_MOST_S)
                # Said once and not at every try: until the next `listening`, hosts are asked for at each request.
                if self._current_until or not said:
                    log.warning("listening_lost", channel=self._channel, error=str(error))
                said = True
            finally:
                self._current_until = 0.0
            stopping.wait(wait_s)

    def _listen(self, connection: "psycopg.Connection[Any]", stopping: threading.Event) -> None:
        connection.execute(f"LISTEN {self._channel}")
        self._began()
        log.info("listening", channel=self._channel)
        while not stopping.is_set():
            asked_at = time.monotonic()
            connection.execute("SELECT 1")
            # What came along with the answer is heard before the answer counts.
            for notice in connection.notifies(timeout=0):
                self._heard(notice.payload)
            self._current_until = asked_at + SILENCE_S
            for notice in connection.notifies(timeout=HEARTBEAT_S):
                self._heard(notice.payload)
