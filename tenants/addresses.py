"""The addresses of workspaces (网址): given, changed, and buried so that an old link never leads to a stranger."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from shared.script import Script
from tenants.models import Domain, Tenant, TenantEvent, Tombstone
from tenants.names import validate_slug

# Before a buried address may be had again (security.md §3: at least twelve months).
BURIED_FOR = timedelta(days=366)


class AddressTaken(Refusal):
    message = _("网址 {slug} 已被使用，请换一个。")


class SameAddress(Refusal):
    message = _("这已经是它现在的网址，不用更换。")


def first_of(tenant: Tenant) -> Domain:
    """What lets the host lead to the tenant, not yet written down."""
    return Domain(domain=tenant.slug, tenant=tenant, is_primary=True)


def give(tenant: Tenant) -> None:
    """Let the host lead to the tenant. Running it again changes nothing."""
    Domain.objects.bulk_create([first_of(tenant)], ignore_conflicts=True)


def is_withheld(slug: str, *, of: UUID, at: datetime) -> bool:
    """Whether the slug may not be had: another workspace had it lately, or still answers there too."""
    script, found = Script(), [False]
    ask_withheld(script, slug, of=of, at=at, then=lambda row: found.append(row is not None))
    script.run()
    return found[-1]


def ask_withheld(script: Script, slug: str, *, of: UUID, at: datetime, then: Callable[[Any], object]) -> None:
    """The same question as a statement of a script; its answer is a row or None."""
    script.ask(
        "SELECT 1 FROM tenants_tombstone WHERE slug = %s AND tenant_uuid <> %s AND (free_at IS NULL OR free_at > %s)",
        slug,
        of,
        at,
        then=then,
    )


@transaction.atomic
def change(tenant: Tenant, *, to: str, by: str, reason: str, at: datetime) -> TenantEvent:
    """Another address for a workspace. The former one goes on leading to it, and belongs to nobody else.

    Raises ValidationError for a slug that is not well formed, SameAddress, AddressTaken.
    """
    validate_slug(to)
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    former = locked.slug
    if to == former:
        raise SameAddress
    locked.slug = to
    try:
        with transaction.atomic():
            locked.save(update_fields=["slug"])
            Domain.objects.filter(tenant=locked).update(is_primary=False)
            Domain.objects.update_or_create(domain=to, defaults={"tenant": locked, "is_primary": True})
    except IntegrityError as error:
        raise AddressTaken(slug=to) from error
    if is_withheld(to, of=locked.uuid, at=at):
        raise AddressTaken(slug=to)
    Tombstone.objects.get_or_create(slug=former, defaults={"tenant_uuid": locked.uuid, "buried_at": at})
    tenant.slug = to
    return TenantEvent.objects.create(
        tenant=locked,
        origin=locked.state,
        destination=locked.state,
        actor=by,
        reason=f"{former} → {to} {reason.strip()}"[:500],
    )


@transaction.atomic
def bury(tenant: Tenant, *, at: datetime) -> None:
    """No host leads to the tenant any more, and nobody gets its addresses for a year. Runs twice without harm."""
    slugs = set(Domain.objects.filter(tenant=tenant).values_list("domain", flat=True)) | {tenant.slug}
    for slug in slugs:
        Tombstone.objects.get_or_create(slug=slug, defaults={"tenant_uuid": tenant.uuid, "buried_at": at})
    Tombstone.objects.filter(tenant_uuid=tenant.uuid, free_at=None).update(free_at=at + BURIED_FOR)
    Domain.objects.filter(tenant=tenant).delete()


def clear_graves(*, at: datetime) -> int:
    """Forget tombstones whose time is over. Returns how many."""
    gone, _by_model = Tombstone.objects.filter(free_at__lte=at).delete()
    return gone
