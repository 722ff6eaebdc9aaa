"""Start, stop or look at the embedded PostgreSQL."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.embedded import EmbeddedFailed


class Command(BaseCommand):
    help = "Start, stop or look at the embedded PostgreSQL (without DATABASE_URL)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["start", "stop", "status"])

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("DATABASE_URL names a server of yours: start and stop it there.")
        cluster = settings.CLUSTER
        try:
            if options["verb"] == "start":
                cluster.ensure_running()
            elif options["verb"] == "stop":
                cluster.stop()
        except EmbeddedFailed as error:
            raise CommandError(str(error)) from error
        state = "running" if cluster.is_running() else "stopped"
        self.stdout.write(f"PostgreSQL {cluster.major} on {cluster.data}: {state}")
