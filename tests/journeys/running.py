"""The product running for real: database, web server, worker and mail server, each in its own process or thread."""

import email
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.architecture.sources import ROOT

READY_WITHIN_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Mailbox:
    """A mail server on loopback that keeps what it gets."""

    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 kept"

    def newest(self, to: str, *, within_s: float = 15) -> str:
        """The text of the newest mail to an address; waits for it. Raises AssertionError when none comes."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            for message in reversed(self.messages):
                if to in str(message["To"]):
                    body = message.get_body(("plain", "html"))
                    return body.get_content() if body else ""
            time.sleep(0.1)
        raise AssertionError(f"no mail to {to}")

    def code(self, to: str) -> str:
        """The six-digit code in the newest mail."""
        found = re.search(r"(?<!\d)\d{6}(?!\d)", self.newest(to))
        assert found, "no six-digit code in the mail"
        return found.group()


class Running:
    """Started once a session. `url("demo")` is a workspace's address."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mailbox = Mailbox()
        self.mail = Controller(self.mailbox, hostname="127.0.0.1", port=free_port())
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.journeys",
            "PORT": str(self.port),
            "SMTP_PORT": str(self.mail.port),
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "1",
            "LOG_LEVEL": "WARNING",
        }
        self.children: list[subprocess.Popen[bytes]] = []

    def url(self, label: str = "", path: str = "/") -> str:
        host = f"{label}.localhost" if label else "localhost"
        return f"http://{host}:{self.port}{path}"

    def manage(self, *arguments: str) -> str:
        """Run a management command; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, text: str) -> str:
        """Run some lines beside the product, over its database; returns what they printed."""
        return self.manage("shell", "--no-imports", "--command", text)

    def start(self) -> None:
        self.mail.start()
        self.manage("migrate", "--verbosity", "0")
        for command in (
            ["-m", "gunicorn", "-c", "infra/gunicorn.conf.py", "config.wsgi"],
            ["manage.py", "work"],
        ):
            self.children.append(subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environment))
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the web server did not start")

    def stop(self) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
        self.mail.stop()
