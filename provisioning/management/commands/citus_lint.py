"""Check the template against what Citus asks, without Citus."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from provisioning import distribution, template


class Command(BaseCommand):
    help = "Check that a workspace of this release could be placed on another node by Citus. Exit code 1 when not."

    def handle(self, *args: Any, **options: Any) -> None:
        found = distribution.findings()
        for finding in found:
            self.stdout.write(str(finding))
        if found:
            raise CommandError(f"{len(found)} of the template's parts break a rule.")
        made = template.release()
        self.stdout.write(f"{len(made.statements)} statements, {made.tables} tables: every rule holds.")
