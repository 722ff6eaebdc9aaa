"""Wrap every workspace's key anew, after SECRET_KEY was changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants import keys
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Wrap the keys of all workspaces under today's SECRET_KEY, so that a fallback can be taken away."

    def handle(self, *args: Any, **options: Any) -> None:
        done, lost = 0, []
        for tenant in (
            Tenant.objects.filter(sealed_key__isnull=False).only("pk", "uuid", "slug", "sealed_key").iterator()
        ):
            try:
                tenant.sealed_key = keys.rewrap(tenant.sealed_key or b"", tenant.uuid)
            except keys.WrongRoot:
                lost.append(tenant.slug)
                continue
            tenant.save(update_fields=["sealed_key"])
            done += 1
        self.stdout.write(f"{done} keys wrapped anew.")
        if lost:
            raise CommandError(
                f"{len(lost)} keys were wrapped under a key that is in neither SECRET_KEY nor SECRET_KEY_FALLBACKS: "
                f"{', '.join(lost[:10])}. Put that key into SECRET_KEY_FALLBACKS and run this again."
            )
