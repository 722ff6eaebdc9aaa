"""An empty workspace to look at: opened as any other by this code's release, and gone again when the block ends."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from provisioning import opening, template
from tenants.models import Tenant


@contextmanager
def workspace(kind: str = "state_enterprise") -> Iterator[Tenant]:
    """Opened in a transaction that is rolled back: nobody else ever sees any of it."""
    template.release()  # before it, so that what is rendered is kept
    with transaction.atomic():
        asked = opening.reserve(
            name="空白单位",
            slug=f"scratch-{secrets.token_hex(6)}",
            kind=kind,
            admin_name="管理员",
            admin_email="nobody@scratch.example",
            by="platform",
        )
        yield opening.run(asked).tenant
        transaction.set_rollback(True)
