"""Django's `migrate` for the control schema, with the schemas, roles and rights around it.

Workspaces are migrated by their release (`provisioning.template`), never by this command.
"""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from tenants import bootstrap, keys
from tenants.models import Tenant


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        if not options.get("plan") and not options.get("check_unapplied"):
            bootstrap.prepare()
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            bootstrap.grant()
            if not options.get("app_label"):
                _give_keys()


def _give_keys() -> None:
    """Workspaces that were opened before there were keys get theirs."""
    for tenant in Tenant.objects.filter(sealed_key__isnull=True).exclude(state=Tenant.State.PURGED):
        tenant.sealed_key = keys.make(tenant.uuid)
        tenant.save(update_fields=["sealed_key"])
