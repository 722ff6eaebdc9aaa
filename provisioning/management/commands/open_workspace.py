"""Open a workspace from the command line; prints JSON."""

import json
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from provisioning import opening
from shared.refusals import Refusal
from shared.workspace import absolute_url
from tenants.models import Tenant
from tenants.models.tenant import UnitType


class Command(BaseCommand):
    help = "Open a workspace. Prints slug, url, activation link, seconds and steps as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the organisation's name")
        parser.add_argument("--slug", required=True, help="the label of its address")
        parser.add_argument("--type", required=True, choices=UnitType.values)
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--admin-name", default="管理员")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        try:
            row = opening.reserve(
                name=options["name"],
                slug=options["slug"],
                kind=options["type"],
                admin_name=options["admin_name"],
                admin_email=options["admin_email"],
                by="command line",
            )
            row = opening.run(row)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except Refusal as error:
            raise CommandError(str(error)) from error
        seconds = time.perf_counter() - begun
        self.stdout.write(
            json.dumps(
                {
                    "slug": row.tenant.slug,
                    "url": absolute_url(row.tenant.slug),
                    "activation": opening.activation_url(row),
                    "seconds": round(seconds, 3),
                    "steps": {step.name: step.milliseconds for step in row.steps.order_by("pk")},
                    "state": Tenant.State(row.tenant.state).value,
                },
                ensure_ascii=False,
                indent=2,
            )
        )
