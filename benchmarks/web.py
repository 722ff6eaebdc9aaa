"""The product behind its real web server, for figures that a visitor would feel."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from config import env

WITHIN_S = 60


@contextmanager
def serving(*, workers: int, threads: int, settings: str = "benchmarks.arms.served") -> Iterator[int]:
    """gunicorn as a server runs it; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    given = {"DJANGO_SETTINGS_MODULE": settings, "BIND": f"127.0.0.1:{port}"}
    # As on a server: nginx stands before it, and passes on whole requests.
    given |= {"WEB_WORKERS": str(workers), "WEB_THREADS": str(threads), "WEB_BEHIND_PROXY": "1"}
    command = [sys.executable, "-m", "gunicorn", "-c", str(env.ROOT / "infra/gunicorn.conf.py"), "config.wsgi"]
    child = subprocess.Popen(command, env={**os.environ, **given}, cwd=env.ROOT)
    try:
        _wait(port, child)
        yield port
    finally:
        child.terminate()
        child.wait(30)


def ask(port: int, host: str, method: str, path: str, *, body: str = "", headers: dict[str, str] | None = None) -> int:
    """The status of one answer, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WITHIN_S)
    connection.request(method, path, body or None, {"Host": host, **(headers or {})})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _wait(port: int, child: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + WITHIN_S
    while time.monotonic() < until and child.poll() is None:
        try:
            if ask(port, "localhost", "GET", "/livez") == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server did not start")
