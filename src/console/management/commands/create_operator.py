"""An operator of the console."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shared.refusals import Refusal
from shared.workspace import absolute_url
from tenants import context
from workspace.accounts.actions.operators import create_operator


class Command(BaseCommand):
    help = "Create an operator and print the link that sets the first password (again, for one who has none yet)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with context.control():
                _operator, path = create_operator(email=options["email"], name=options["name"])
        except Refusal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(absolute_url(settings.CONSOLE_LABEL, path))
