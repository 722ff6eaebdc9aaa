"""Django's `migrate` for the control schema, with the schemas, roles and rights around it.

Workspaces are migrated by their release (`provisioning.template`), never by this command.
"""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from tenants import bootstrap


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        if not options.get("plan") and not options.get("check_unapplied"):
            bootstrap.prepare()
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            bootstrap.grant()
