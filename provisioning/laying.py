"""Laying out (预置): a spare gets the rows of one sign-up while its person still reads the last screen.

Like the pool itself it is work done ahead of need: nothing of it depends on the last button but that it is pressed.
Where something else was said meanwhile, the rows are of yesterday, or there was no spare, the button does it all.
Nobody can enter a spare: no host leads to it.
"""

import json
from dataclasses import astuple
from datetime import datetime
from hashlib import sha256

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction

from provisioning import image, pool, template
from provisioning.models import Signup, Spare
from shared.clock import today
from shared.script import Script
from tenants import context
from tenants.models import Tenant
from workspace import seeding

log = structlog.get_logger(__name__)


def ticket(signup: Signup) -> pool.Ticket:
    """For the spare that was laid out for it, if what it says is what it said."""
    return pool.Ticket(signup.pk, _digest(_start(signup)))


def _start(signup: Signup) -> seeding.Start:
    return seeding.Start(
        name=signup.name,
        kind=signup.kind,
        admin_name=signup.contact_name,
        admin_email=signup.email,
        admin_phone=signup.phone,
    )


def _digest(start: seeding.Start) -> str:
    """Of all that the rows are made of; another day's are others."""
    made_of = [*astuple(start), str(today())]
    return sha256(json.dumps(made_of).encode()).hexdigest()


def furnish(tenant: Tenant, start: seeding.Start) -> None:
    """The rows that a workspace begins with, in one round trip."""
    script = Script()
    script.plain(image.statements(tenant.kind, on=today()))
    with context.inside(tenant, savepoint=False):
        seeding.welcome(start, script)
        script.run()


def lay_out(signup: Signup, *, at: datetime) -> bool:
    """Have a spare ready for a sign-up that has said everything. False where that cannot be done now."""
    start = _start(signup)
    wanted = _digest(start)
    there = Spare.objects.filter(laid_for=signup).first()
    if there is not None and (there.laid_out, there.head) == (wanted, template.head()):
        return True
    if not image.is_ready(start.kind, on=today()):
        return False
    try:
        with transaction.atomic():
            Spare.objects.filter(laid_for=signup).update(laid_for=None)
            return _lay_out(signup, start, wanted, at=at)
    except DatabaseError as error:
        # Nobody waits for it: the last button opens without.
        log.exception("laying_out_failed", error=type(error).__name__)
        return False


def _lay_out(signup: Signup, start: seeding.Start, wanted: str, *, at: datetime) -> bool:
    # However many come this far and no further, the pool is for those who press the button.
    if Spare.objects.exclude(laid_out="").count() >= settings.WARM_POOL:
        return False
    empty = Spare.objects.filter(head=template.head(), laid_out="")
    spare = empty.select_for_update(skip_locked=True).order_by("pk").first()
    if spare is None:
        return False
    tenant = Tenant(name=start.name, kind=start.kind, schema_name=spare.schema_name, state=Tenant.State.ACTIVE)
    tenant.seal()
    furnish(tenant, start)
    spare.laid_for, spare.laid_out, spare.laid_at = signup, wanted, at
    spare.uuid, spare.sealed_key = tenant.uuid, tenant.sealed_key
    spare.save()
    return True
