"""The warm pool (备用空间): schemas with their tables, made before anybody asks, so that a sign-up only takes one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from provisioning import template
from provisioning.models import Release, Spare
from shared.clock import now
from tenants import context, schemas
from tenants.names import new_schema_name

log = structlog.get_logger(__name__)
_NO_TIMEOUT = 0
# Roles of so many are made in one transaction: each grant that commits has every backend read all memberships anew.
BATCH = 10
# Who has read the last screen for so long gets another spare, and this one goes.
LAID_OUT_FOR = timedelta(hours=2)


@dataclass(frozen=True)
class Ticket:
    """For the spare that is laid out for a sign-up (its key), of what the digest says."""

    signup: int | None
    laid_out: str


NOBODYS = Ticket(None, "")


@dataclass(frozen=True)
class Taken:
    """A spare's schema, and keys for the rows that will tell of it, which nobody else gets. One that is laid out has a
    `uuid` and a key of its own already."""

    schema: str
    tenant_key: int
    opening_key: int
    uuid: UUID | None
    sealed_key: bytes | None


def take(ticket: Ticket = NOBODYS) -> Taken | None:
    """A spare of this release, which is the caller's from now on; None where there is none. The one that the ticket is
    for before an empty one.

    Runs in the caller's transaction: undone, the spare is back. Of many at once each gets another one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM provisioning_spare WHERE id = (SELECT id FROM provisioning_spare WHERE head = %s "
            "AND (laid_out = '' OR laid_for_id = %s AND laid_out = %s) "
            "ORDER BY laid_out = '', id LIMIT 1 FOR UPDATE SKIP LOCKED) "
            "RETURNING schema_name, nextval(pg_get_serial_sequence('tenants_tenant', 'id')), "
            "nextval(pg_get_serial_sequence('provisioning_opening', 'id')), uuid, sealed_key",
            [template.head(), ticket.signup, ticket.laid_out],
        )
        row = cursor.fetchone()
    return Taken(*row) if row else None


def ready() -> int:
    """How many anybody can take."""
    return Spare.objects.filter(head=template.head(), laid_out="").count()


def fill(target: int | None = None, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Make spares until `target` of them (the setting WARM_POOL by default) are ready. Returns how many were made.

    Each is a transaction of its own, so a kill leaves whole ones and named beginnings that the next call goes on with.
    Two that fill at once do not make twice as many. `stop` is asked between two.
    """
    wanted = settings.WARM_POOL if target is None else target
    made = 0
    template.release()
    while not stop() and ready() < wanted:
        begun = _begin(wanted)
        if not begun and not Spare.objects.filter(head="").exists():
            break
        while not stop() and _complete():
            made += 1
    if made:
        log.info("pool_filled", made=made)
    return made


def recycle(*, most: int = 50) -> int:
    """Drop spares that a newer release has made stale, and those that were laid out for nothing. Returns how many."""
    old = ~Q(head__in=["", template.head()])
    left = ~Q(laid_out="") & (Q(laid_for=None) | Q(laid_at__lt=now() - LAID_OUT_FOR))
    gone = 0
    while gone < most:
        with transaction.atomic():
            spare = Spare.objects.filter(old | left).select_for_update(skip_locked=True).order_by("pk").first()
            if spare is None:
                break
            schemas.drop(spare.schema_name)
            spare.delete()
        gone += 1
    return gone


@transaction.atomic
def _begin(wanted: int) -> int:
    """Roles and schemas for what is missing, up to a batch. Returns for how many."""
    if not Release.objects.select_for_update(skip_locked=True).filter(head=template.head()).exists():
        return 0  # somebody else is at it
    there = Spare.objects.filter(head__in=["", template.head()], laid_out="").count()
    names = [new_schema_name() for _ in range(min(BATCH, wanted - there))]
    if names:
        schemas.create(*names)
        Spare.objects.bulk_create(Spare(schema_name=name, made_at=now()) for name in names)
    return len(names)


@transaction.atomic
def _complete() -> bool:
    """Tables for one that has none. False where there is none such."""
    spare = Spare.objects.select_for_update(skip_locked=True).filter(head="").order_by("pk").first()
    if spare is None:
        return False
    made = template.release()
    with context.entered(context.of_schema(spare.schema_name, timeout_ms=_NO_TIMEOUT)):
        template.replay(made)
    spare.head = made.head
    spare.save(update_fields=["head"])
    return True
