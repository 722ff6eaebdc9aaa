"""Close a workspace from the command line, or take a closing back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from provisioning import closing
from shared.clock import now
from shared.refusals import Refusal
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Begin to close a workspace (read-only, then closed when the grace is over), or cancel that."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", required=True, help="the label of its address")
        parser.add_argument("--reason", required=True, help="kept in its history")
        parser.add_argument("--cancel", action="store_true", help="take the running closing back")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["workspace"]).first()
        if tenant is None:
            raise CommandError(f"No workspace is called {options['workspace']}.")
        verb = closing.cancel if options["cancel"] else closing.request
        try:
            row = verb(tenant, by="command line", reason=options["reason"], at=now())
        except Refusal as error:
            raise CommandError(str(error)) from error
        if options["cancel"]:
            self.stdout.write(f"{tenant.slug} is {tenant.state} again.")
        else:
            self.stdout.write(f"{tenant.slug} closes on {row.grace_until:%Y-%m-%d}; until then it can be cancelled.")
