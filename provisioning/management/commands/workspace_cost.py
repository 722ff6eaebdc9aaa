"""What an empty workspace costs the server, or one that is there."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from provisioning import scratch
from tenants import costs
from tenants.models import Tenant

_WIDTH = 28


class Command(BaseCommand):
    help = "Print bytes, relations and catalogue rows of an empty workspace, or of the one that --workspace names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", help="the label of its address; without it, an empty one is made and undone")
        parser.add_argument("--json", action="store_true", help="print JSON instead of tables")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["workspace"]
        found = self._one(slug) if slug else self._empty()
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(found), "total": found.total, "rows": found.rows}, indent=2))
            return
        self._print("bytes", found.bytes, found.relations, "files")
        self.stdout.write(f"{'all':<{_WIDTH}}{found.total:>12,}{found.files:>8}\n")
        if not slug:
            left = costs.BUDGET_BYTES - found.total
            self.stdout.write(f"{'left of the budget':<{_WIDTH}}{left:>12,}  of {costs.BUDGET_BYTES:,}\n")
        self._print("\nbytes by table", found.tables)
        self._print("\ncatalogue rows", found.catalogue)
        self.stdout.write(f"{'all':<{_WIDTH}}{found.rows:>12,}\n")

    def _print(
        self, title: str, values: dict[str, int], beside: dict[str, int] | None = None, heading: str = ""
    ) -> None:
        self.stdout.write(f"{title:<{_WIDTH}}{'':>12}{heading:>8}".rstrip())
        for name, value in sorted(values.items(), key=lambda item: -item[1]):
            self.stdout.write(f"{name:<{_WIDTH}}{value:>12,}" + (f"{beside[name]:>8}" if beside else ""))

    @staticmethod
    def _empty() -> costs.Cost:
        with scratch.workspace() as tenant:
            return costs.cost(tenant.schema_name)

    @staticmethod
    def _one(slug: str) -> costs.Cost:
        tenant = Tenant.objects.filter(slug=slug).first()
        if tenant is None:
            raise CommandError(f"No workspace is called {slug}.")
        found = costs.cost(tenant.schema_name)
        if not found.files:
            raise CommandError(f"{slug} has no schema: it is {tenant.state}.")
        return found
