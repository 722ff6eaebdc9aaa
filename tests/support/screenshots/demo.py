"""The demo, new each time, on a free port with its own database: a running `make run` is not touched."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

from tests.architecture.sources import ROOT
from tests.journeys.running import free_port

VAR = ROOT / "var" / "screenshots"
SETTINGS = "config.settings.screenshots"
READY_WITHIN_S = 300


class Demo:
    """`with Demo() as demo:` — `demo.url("demo")`, `demo.password("shuji")`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
        }
        self.environment.pop("DATABASE_URL", None)

    def __enter__(self) -> "Demo":
        self._manage("database", "stop")
        shutil.rmtree(VAR, ignore_errors=True)
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"], cwd=ROOT, env=self.environment, start_new_session=True
        )
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def url(self, label: str = "", path: str = "/") -> str:
        host = f"{label}.localhost" if label else "localhost"
        return f"http://{host}:{self.port}{path}"

    def password(self, username: str) -> str:
        people = json.loads((VAR / "demo.json").read_text())["people"]
        return str(next(row["password"] for row in people if row["username"] == username))

    def open_workspace(self, name: str, slug: str, kind: str) -> str:
        """A workspace that is quite new. Returns its first administrator's activation link."""
        said = self._manage(
            "open_workspace", "--name", name, "--slug", slug, "--type", kind,
            "--admin-email", f"admin@{slug}.example", "--admin-name", "周敏",
        )  # fmt: skip
        return str(json.loads(said)["activation"])

    def _manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.2)
        raise RuntimeError("the demo did not come up; its last lines are above")
