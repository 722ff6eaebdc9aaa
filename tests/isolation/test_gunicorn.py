"""Two workspaces through the real web server: threads, kept connections, a pool, failures, streams, and people who
hang up. Every answer holds its own workspace's canary or none."""

import http.client
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tenants import context
from tenants.models import Tenant
from tests.architecture.sources import ROOT
from tests.isolation import canaries
from tests.isolation.searching import birds
from tests.support.cast import SLUGS, Client
from tests.support.copies import connected_to, environment_of
from workspace.access.models import Role
from workspace.accounts.models import User

CLIENTS, REQUESTS = 8, 125
PAGES = (
    *("/", "/organization/", "/members/", "/activities/", "/api/v1/me/", "/api/v1/units/", "/stream/", "/stream/"),
    *("/crash/", "/late/", "/members/999999/", "/no-such-page/", "/api/v1/members/"),
)


@pytest.fixture(scope="module")
def port(copy: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """gunicorn as a server runs it (two processes of four threads, pooled connections) over a filled copy."""
    with connected_to(copy):
        canaries.release(list(Tenant.objects.order_by("slug")))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    log = tmp_path_factory.mktemp("gunicorn") / "log"
    given = {"BIND": f"127.0.0.1:{number}", "WEB_WORKERS": "2", "WEB_THREADS": "4", "DATABASE_POOL": "3"}
    given |= {"LOG_LEVEL": "CRITICAL", "URLCONF_WORKSPACE": "tests.isolation.pages"}
    with log.open("w") as words:  # a pipe that nobody reads would fill, and the server stand still
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "infra/gunicorn.conf.py", "config.wsgi"],
            cwd=ROOT,
            env=environment_of(copy, **given),
            stdout=words,
            stderr=words,
        )
    try:
        _wait(number, process, log)
        yield number
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def cookies(copy: str, port: int) -> dict[str, str]:
    """Each workspace's administrator, signed in."""
    found = {}
    with connected_to(copy):
        for slug in SLUGS:
            client = Client(slug)
            with context.inside(Tenant.objects.get(slug=slug)):
                client.force_login(User.objects.get(grants__role=Role.ADMIN))
            found[slug] = client.cookies["sessionid"].value
    return found


def _wait(port: int, process, log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()[-2000:]
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/livez", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("the web server did not start")


def hammer(port: int, cookies: dict[str, str], seed: int, tally: Counter, leaks: list) -> None:
    """One browser that goes from one workspace to the other over one kept connection."""
    dice = random.Random(seed)  # noqa: S311  a game, not a secret
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(REQUESTS):
        slug, path = dice.choice(SLUGS), dice.choice(PAGES)
        # Now and then with the neighbour's cookie, which is nobody's here.
        owner = dice.choice(SLUGS) if dice.random() < 0.1 else slug
        headers = {"Host": f"{slug}.localhost", "Cookie": f"sessionid={cookies[owner]}"}
        if dice.random() < 0.05:
            _hang_up(port, path, headers, dice)
            tally["hung up"] += 1
            continue
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            # A stream that broke off has no other way to say so.
            connection.close()
            tally["broken off"] += 1
            continue
        seen = birds(f"{answer.headers}\n{body.decode(errors='replace')}")
        tally[answer.status] += 1
        tally["own"] += slug in seen
        if seen - {slug}:
            leaks.append((slug, path, answer.status, owner))
    connection.close()


def _hang_up(port: int, path: str, headers: dict[str, str], dice: random.Random) -> None:
    """Ask and go away, or stop in the middle of what is being sent."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    asked = f"GET {path} HTTP/1.1\r\n{lines}\r\n"
    if dice.random() < 0.5:
        asked = f"POST {path} HTTP/1.1\r\n{lines}Content-Length: 5000\r\n\r\nhalf of it"
    with socket.create_connection(("127.0.0.1", port)) as raw:
        raw.sendall(asked.encode())


def test_no_answer_holds_anything_of_the_neighbour(port: int, cookies: dict[str, str]) -> None:
    tally: Counter = Counter()
    leaks: list = []
    threads = [threading.Thread(target=hammer, args=(port, cookies, n, tally, leaks)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert leaks == []
    asked = sum(number for word, number in tally.items() if word != "own")
    assert asked == CLIENTS * REQUESTS
    # It could find nothing for the wrong reason: own rows were there, failures and refusals too.
    assert tally["own"] > asked * 0.3, tally
    assert tally[500] and tally[404] and tally["hung up"], tally


def test_what_a_failing_page_wrote_is_undone(copy: str, port: int, cookies: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/crash/", headers={"Host": "jia.localhost", "Cookie": f"sessionid={cookies['jia']}"})
    answer = connection.getresponse()
    assert answer.status == 500
    assert birds(answer.read().decode()) == set()
    with connected_to(copy), context.inside(Tenant.objects.get(slug="jia")):
        from workspace.organization.models import Unit

        assert not Unit.objects.filter(short_name="未完成").exists()


@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1\r\nHost: jia.localhost\r\nHost: yan.localhost\r\n",
        "GET / HTTP/1.1\r\nHost: yan.localhost\r\nHost: jia.localhost\r\n",
        "GET http://yan.localhost/ HTTP/1.1\r\nHost: jia.localhost\r\n",
        "GET / HTTP/1.1\r\nHost: jia.localhost, yan.localhost\r\n",
        "GET / HTTP/1.1\r\nHost: jia.localhost\r\nX_FORWARDED_HOST: yan.localhost\r\nForwarded: host=yan.localhost\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n",
        "GET / HTTP/1.0\r\n",
        "GET //yan.localhost/ HTTP/1.1\r\nHost: jia.localhost\r\n",
        "GET /?workspace=yan&tenant=yan HTTP/1.1\r\nHost: jia.localhost\r\nX-Tenant: yan\r\n",
    ],
)
def test_whatever_names_two_hosts_never_shows_the_other(port: int, cookies: dict[str, str], head: str) -> None:
    """Signed in at jia: whatever else is named, yan's rows stay where they are."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
        raw.sendall(f"{head}Cookie: sessionid={cookies['jia']}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while piece := raw.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1."), answer[:80]
    assert "yan" not in birds(answer.decode(errors="replace"))
