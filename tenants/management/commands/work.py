"""Run a worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.queue import running
from tenants.queue.line import KINDS


class Command(BaseCommand):
    help = "Work through the queue until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at once in this process")
        parser.add_argument(
            "--queues", nargs="+", choices=KINDS, metavar="QUEUE",
            help=f"only these: {', '.join(KINDS)}. Another worker has to see to the rest",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        running.run(concurrency=options["concurrency"], kinds=options["queues"])
