"""infra/nginx/worker-groups.conf, in a real nginx before four small servers."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.journeys.running import free_port

CONF = ROOT / "infra" / "nginx" / "worker-groups.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
GROUPS = 4
HOSTS = [f"unit-{number}.tongxin.example" for number in range(200)]

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")


class Group(ThreadingHTTPServer):
    """Answers every request with its own number and the headers it got."""

    daemon_threads = True

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        group = self.server
        text = f"{group.number}|{self.headers['Host']}|{self.headers['X-Forwarded-For']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Silence."""


class Front:
    """nginx with our file, its ports put where they are free."""

    def __init__(self, folder: Path) -> None:
        self.groups = [Group(number) for number in range(1, GROUPS + 1)]
        self.port = free_port()
        ours = CONF.read_text().replace("127.0.0.1:8000;", f"127.0.0.1:{self.port};")
        for group in self.groups:
            ours = ours.replace(f"127.0.0.1:800{group.number};", f"127.0.0.1:{group.server_port};")
        (folder / "groups.conf").write_text(ours)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        self.conf = folder / "nginx.conf"
        self.conf.write_text(
            f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;\n"
            f"events {{ }}\nhttp {{ access_log off; {temporary} include {folder}/groups.conf; }}\n"
        )
        self.child = subprocess.Popen([str(NGINX), "-c", str(self.conf), "-e", f"{folder}/error.log"])
        deadline = time.monotonic() + 10
        while not self.answers():
            assert time.monotonic() < deadline, (folder / "error.log").read_text()
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            return bool(self.get("ready.example"))
        except OSError:
            return False

    def get(self, host: str, **headers: str) -> tuple[int, str, str]:
        """Which group answered, and the Host and X-Forwarded-For that it saw."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        client.request("GET", "/", headers={"Host": host, **headers})
        number, seen, forwarded = client.getresponse().read().decode().split("|")
        client.close()
        return int(number), seen, forwarded

    def stop(self) -> None:
        self.child.terminate()
        self.child.wait(10)
        for group in self.groups:
            group.stop()


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    running = Front(tmp_path)
    yield running
    running.stop()


def test_nginx_accepts_the_file(front: Front) -> None:
    command = [str(NGINX), "-t", "-c", str(front.conf)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_a_host_always_goes_to_the_same_group_however_it_is_written(front: Front) -> None:
    for host in HOSTS[:20]:
        spellings = (host, host.upper(), f"{host}:8000", host)
        assert len({front.get(written)[0] for written in spellings}) == 1


def test_every_group_has_its_share_of_the_hosts(front: Front) -> None:
    share = Counter(front.get(host)[0] for host in HOSTS)
    assert set(share) == set(range(1, GROUPS + 1))
    assert all(len(HOSTS) / GROUPS * 0.5 < count < len(HOSTS) / GROUPS * 1.7 for count in share.values()), share


def test_when_a_group_is_away_only_its_own_hosts_go_elsewhere(front: Front) -> None:
    before = {host: front.get(host)[0] for host in HOSTS[:80]}
    front.groups[0].stop()
    after = {host: front.get(host)[0] for host in HOSTS[:80]}
    moved = {host for host in before if before[host] != after[host]}
    assert moved == {host for host, number in before.items() if number == 1} != set()


def test_the_host_and_the_addresses_before_arrive_as_they_were_sent(front: Front) -> None:
    _number, host, forwarded = front.get("JIA.tongxin.example:8443", **{"X-Forwarded-For": "203.0.113.9"})
    assert (host, forwarded) == ("JIA.tongxin.example:8443", "203.0.113.9")


def test_the_file_says_how_many_gunicorns_it_expects() -> None:
    text = CONF.read_text()
    assert re.search(r"for group in 1 2 3 4;", text)
    assert len(re.findall(r"^\s+server 127\.0\.0\.1:800\d;", text, re.MULTILINE)) == GROUPS
