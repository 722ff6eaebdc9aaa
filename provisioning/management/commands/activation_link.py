"""A fresh activation link for somebody who could not use theirs in time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shared.workspace import absolute_url
from tenants import context
from tenants.models import Tenant
from workspace import seeding


class Command(BaseCommand):
    help = "Print a fresh activation link of a workspace for a person who has not set a password yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", required=True, help="the label of its address")
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["workspace"]).first()
        if tenant is None or not tenant.is_serving:
            raise CommandError(f"No workspace in use is called {options['workspace']}.")
        with context.inside(tenant):
            path = seeding.activation_path(options["email"])
        if path is None:
            raise CommandError("Nobody with that e-mail waits for activation there.")
        self.stdout.write(absolute_url(tenant.slug, path))
