"""The proxy as shipped, in front of a server that tells what reached it."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from tests.architecture.sources import ROOT

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
pytestmark = pytest.mark.skipif(not os.access(NGINX, os.X_OK), reason="nginx is not installed")

MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/tongxin.conf;
}}
"""


class Telling(BaseHTTPRequestHandler):
    """Answers with the headers that came."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = json.dumps({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.send_header("X-Request-ID", "r-1")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(said)

    do_POST = do_GET  # noqa: N815  the name that http.server looks for

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@dataclass
class Proxy:
    folder: Path
    plain: int
    secure: int

    def ask(self, host: str, path: str = "/", **more: object) -> tuple[int, dict[str, str], bytes]:
        """Over TLS, as a browser; status, headers, body."""
        import ssl

        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        asked = http.client.HTTPSConnection("127.0.0.1", self.secure, context=context, timeout=10)
        name = host.partition(":")[0]
        asked.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", self.secure), 10), server_hostname=name)
        method, body, headers = more.get("method", "GET"), more.get("body"), more.get("headers", {})
        asked.request(method, path, body=body, headers={"Host": host, **headers})  # type: ignore[arg-type, dict-item]
        answer = asked.getresponse()
        try:
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            asked.close()

    def reached(self, host: str, path: str = "/", **more: object) -> dict[str, str]:
        """The headers that came out on the other side."""
        status, _headers, body = self.ask(host, path, **more)
        assert status == 200
        return dict(json.loads(body)["headers"])

    def logged(self, request: str) -> list[dict[str, object]]:
        """The lines of the log, once that of this path is there: it is written after the answer."""
        for _ in range(50):
            lines = [json.loads(line) for line in (self.folder / "access.log").read_text().splitlines()]
            if any(line["path"] == request for line in lines):
                break
            time.sleep(0.1)
        return lines


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Telling)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    found = Proxy(folder, _free_port(), _free_port())
    _write_certificate(folder)
    conf = (ROOT / "infra/nginx/tongxin.conf").read_text()
    for shipped, here in (
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{behind.server_port};"),
        ("listen 80", f"listen 127.0.0.1:{found.plain}"),
        ("listen 443", f"listen 127.0.0.1:{found.secure}"),
        ("/etc/tongxin/tls", str(folder)),
        ("/var/log/nginx/tongxin.log", f"{folder}/access.log"),
    ):
        assert shipped in conf
        conf = conf.replace(shipped, here)
    (folder / "tongxin.conf").write_text(conf)
    shutil.copy(ROOT / "infra/nginx/tongxin-proxy.inc", folder)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    checked = subprocess.run(
        [NGINX, "-t", "-p", folder, "-c", "nginx.conf", "-e", folder / "error.log"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    running = subprocess.Popen([NGINX, "-p", folder, "-c", "nginx.conf", "-e", folder / "error.log"])
    try:
        _wait_for(found.secure)
        yield found
    finally:
        running.terminate()
        running.wait(10)
        behind.shutdown()


def test_the_host_goes_on_as_it_came(proxy: Proxy) -> None:
    assert proxy.reached("jia.tongxin.example")["host"] == "jia.tongxin.example"
    assert proxy.reached("JIA.tongxin.example:443")["host"] == "JIA.tongxin.example:443"


def test_nobody_can_pose_as_the_proxy(proxy: Proxy) -> None:
    forged = {
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "yan.tongxin.example",
        "Forwarded": "host=yan.tongxin.example",
        "X_Forwarded_Proto": "http",
    }
    headers = proxy.reached("jia.tongxin.example", headers=forged)
    assert headers["x-forwarded-proto"] == "https"
    assert headers["x-forwarded-for"].split(", ")[-1] == "127.0.0.1"
    assert not {"x-forwarded-host", "forwarded", "x_forwarded_proto"} & set(headers)


def test_a_host_that_is_not_ours_gets_no_certificate(proxy: Proxy) -> None:
    import ssl

    with pytest.raises((ssl.SSLError, ConnectionError)):
        proxy.ask("jia.example.org")


def test_a_host_that_is_not_ours_gets_no_answer(proxy: Proxy) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=10)
    asked.request("GET", "/", headers={"Host": "jia.example.org"})
    with pytest.raises(http.client.RemoteDisconnected):
        asked.getresponse()


def test_plain_http_leads_to_tls_on_the_same_host(proxy: Proxy) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=10)
    asked.request("GET", "/dues/?month=2026-11", headers={"Host": "jia.tongxin.example"})
    answer = asked.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, "https://jia.tongxin.example/dues/?month=2026-11")


def test_the_applications_headers_are_not_added_to(proxy: Proxy) -> None:
    _status, headers, _body = proxy.ask("jia.tongxin.example")
    assert headers["Content-Security-Policy"] == "default-src 'self'"
    assert headers["Server"] == "nginx"
    assert not {"Strict-Transport-Security", "X-Frame-Options", "Set-Cookie"} & set(headers)


def test_what_is_too_large_is_refused_before_the_application_sees_it(proxy: Proxy) -> None:
    assert proxy.ask("jia.tongxin.example", method="POST", body=b"x" * 1024)[0] == 200
    size = 12 * 1024 * 1024 + 1
    status, _headers, _body = proxy.ask("jia.tongxin.example", method="POST", headers={"Content-Length": str(size)})
    assert status == 413


def test_the_log_has_neither_secrets_of_links_nor_query_strings(proxy: Proxy) -> None:
    for path in ("/activate/SECRET-1/", "/invitation/SECRET-2/", "/c/SECRET-3/", "/activities/calendar/SECRET-4.ics"):
        proxy.ask("jia.tongxin.example", path)
    proxy.ask("jia.tongxin.example", "/learning/?q=SECRET-5")
    lines = proxy.logged("/learning/")
    assert "SECRET" not in (proxy.folder / "access.log").read_text()
    assert {"/activate/…", "/c/…", "/activities/calendar/…", "/learning/"} <= {line["path"] for line in lines}
    assert lines[-1]["request_id"] == "r-1"


def test_whoever_hammers_a_door_is_slowed_down_and_pages_are_not(proxy: Proxy) -> None:
    doors = [proxy.ask("jia.tongxin.example", "/sign-in/")[0] for _ in range(60)]
    assert doors[:10] == [200] * 10 and 429 in doors
    assert {proxy.ask("jia.tongxin.example", "/members/")[0] for _ in range(60)} == {200}


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("nginx did not start")


def _write_certificate(folder: Path) -> None:
    """A wildcard that signs itself, as good as any for a test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tongxin.example")])
    hosts = x509.SubjectAlternativeName([x509.DNSName("tongxin.example"), x509.DNSName("*.tongxin.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(timezone.now() - timedelta(days=1))
        .not_valid_after(timezone.now() + timedelta(days=1))
        .add_extension(hosts, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
