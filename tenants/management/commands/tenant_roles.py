"""Show whether workspace roles may log in, and make them follow TENANT_ROLES_LOGIN."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants import roles


class Command(BaseCommand):
    help = "Count workspace roles that may log in and that may not; --apply makes all follow TENANT_ROLES_LOGIN."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="change those that differ from the setting")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["apply"]:
            differing = roles.differing()
            roles.switch(differing)
            self.stdout.write(f"{len(differing)} roles changed to {roles.wanted()}.")
        may, may_not = len(roles.named(login=True)), len(roles.named(login=False))
        self.stdout.write(f"{may} may log in, {may_not} may not; the setting asks for {roles.wanted()}.")
