"""List workspaces as a table or as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shared.workspace import absolute_url
from tenants.models import Tenant


class Command(BaseCommand):
    help = "List workspaces: slug, state, name, address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--state", choices=Tenant.State.values, help="only those in this state")
        parser.add_argument("--json", action="store_true", help="print JSON lines instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Tenant.objects.order_by("slug")
        if options["state"]:
            rows = rows.filter(state=options["state"])
        for tenant in rows.iterator():
            row = {
                "slug": tenant.slug,
                "state": tenant.state,
                "name": tenant.name,
                "url": absolute_url(tenant.slug),
                "uuid": str(tenant.uuid),
            }
            if options["json"]:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            else:
                self.stdout.write(f"{row['slug']:<34}{row['state']:<14}{row['url']:<40}{row['name']}")
