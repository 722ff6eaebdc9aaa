"""Run a worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants import worker


class Command(BaseCommand):
    help = "Work through the queue until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at once in this process")

    def handle(self, *args: Any, **options: Any) -> None:
        worker.run(concurrency=options["concurrency"])
