"""`make run`: everything on this machine, in one go, until Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from config import env
from config.embedded import EmbeddedFailed
from provisioning.fleet.planning import is_anybody_behind
from shared.workspace import absolute_url

STOP_WITHIN_S = 25


class Command(BaseCommand):
    help = "Start the database, migrate, open the demo, run web and worker; Ctrl-C stops all of it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        port = int(settings.PUBLIC_PORT)
        self._refuse_taken(port)
        started = self._start_database()
        # Ctrl-C and a polite kill end the same way.
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            self._prepare()
            self._serve(port)
        finally:
            connections.close_all()
            if started:
                settings.CLUSTER.stop()
                self.stdout.write("数据库已停止。Database stopped.")

    def _refuse_taken(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is taken by another program. Stop it, or choose another: make run PORT={port + 1}"
                ) from error

    def _start_database(self) -> bool:
        if not settings.EMBEDDED:
            return False
        self._say("database")
        try:
            return bool(settings.CLUSTER.ensure_running())
        except EmbeddedFailed as error:
            raise CommandError(str(error)) from error

    def _prepare(self) -> None:
        self._say("tables")
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        if is_anybody_behind():
            self._say("workspaces of an earlier version")
            try:
                call_command("fleet", "migrate", "--ring", "all")
            except CommandError as error:
                # Those that stay behind say so themselves; the others are served.
                self.stderr.write(str(error))
        self._say("demo workspace")
        call_command("demo")

    def _serve(self, port: int) -> None:
        here = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev")}
        web = [sys.executable, "-m", "gunicorn", "-c", str(env.ROOT / "infra/gunicorn.conf.py"), "config.wsgi"]
        work = [sys.executable, str(env.ROOT / "manage.py"), "work"]
        # Children get their own process group: Ctrl-C reaches this process alone, which then stops them in order.
        children = [
            subprocess.Popen(command, env={**here, "BIND": f"127.0.0.1:{port}"}, start_new_session=True)
            for command in (web, work)
        ]
        try:
            self._wait_ready(port, children)
            self._print_addresses()
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
            raise CommandError("The web server or the worker ended by itself; its last lines are above.")
        except KeyboardInterrupt:
            self.stdout.write("\n正在停止… Stopping…")
        finally:
            _stop(children)

    def _wait_ready(self, port: int, children: list["subprocess.Popen[bytes]"]) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and all(child.poll() is None for child in children):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise CommandError("The web server did not come up within 30 seconds; its last lines are above.")

    def _print_addresses(self) -> None:
        demo = json.loads((settings.VAR / "demo.json").read_text())
        lines = [
            "",
            "  同心 Tongxin is running. Ctrl-C stops it.",
            "",
            f"  公开网站 public site    {absolute_url()}",
            f"  运营台 console          {absolute_url('console')}",
            f"  示范空间 demo           {absolute_url(demo['slug'])}",
            f"  本机信箱 mailbox        {absolute_url(path='/mailbox/')}",
            "",
            "  演示账号 demo sign-ins",
            *(f"    {row['who']:<28}{row['username']:<18}{row['password']}" for row in demo["people"]),
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _say(self, what: str) -> None:
        self.stdout.write(f"· {what}")
        self.stdout.flush()


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _stop(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_WITHIN_S
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
