"""A new tenant with another one's content: people, roles and second factors come along, open doors do not."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from provisioning import anchoring, files, saga
from provisioning.heads import release_for
from provisioning.models import Restoring
from provisioning.opening import SlugTaken
from shared.clock import now
from shared.refusals import Refusal
from tenants import addresses, context, lifecycle, schemas
from tenants.models import Tenant
from workspace import portability
from workspace.portability import aftermath

State = Tenant.State


class NothingToClone(Refusal):
    message = _("「{name}」没有可以复制的内容：它还没有开通完成，或已经关闭。")


@transaction.atomic
def ask(source: Tenant, *, slug: str, name: str, by: str, reason: str = "") -> Restoring:
    """Take the slug and write down what is to be done; `provisioning.restoring.run` does it.

    Raises SlugTaken, ValidationError for a slug or name that is not well formed, NothingToClone.
    """
    if not source.sealed_key or not schemas.exists(source.schema_name):
        raise NothingToClone(name=source.name)
    tenant = Tenant(name=name, slug=slug, kind=source.kind, region=source.region, stated_members=source.stated_members)
    tenant.state = State.PROVISIONING
    tenant.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            tenant.save()
    except IntegrityError as error:
        raise SlugTaken(slug=slug) from error
    if addresses.is_withheld(slug, of=tenant.uuid, at=now()):
        raise SlugTaken(slug=slug)
    lifecycle.begin(tenant, by=by)
    return Restoring.objects.create(
        kind=Restoring.Kind.CLONE,
        tenant=tenant,
        source=source,
        requested_by=by,
        reason=reason,
        schema_name=tenant.schema_name,
    )


def begin(row: Restoring, progress: portability.Progress | None) -> None:
    """The source is read at one instant, outside any step: nobody there waits for us. Done again, it is read anew."""
    if row.tenant.state == State.FAILED:
        lifecycle.move(row.tenant, to=State.PROVISIONING, by="platform")
    path = files.archive(row)
    if path.exists():
        said = portability.peek(path)
    else:
        with context.inside(row.source, timeout_ms=0, snapshot=True):
            said = portability.export(path, at=now(), progress=progress)
    release = release_for(said, of=row.source)
    with transaction.atomic():
        saga.hold(row)
        row.content, row.rows, row.head = said.content, said.rows, release.head
        row.save(update_fields=["content", "rows", "head"])


def fail(row: Restoring, error: Exception) -> None:
    if row.tenant.state == State.PROVISIONING:
        lifecycle.move(row.tenant, to=State.FAILED, by="platform", reason=type(error).__name__)


def activate(row: Restoring) -> None:
    """The copy answers at its own address."""
    tenant = row.tenant
    tenant.refresh_from_db()
    lifecycle.move(tenant, to=State.ACTIVE, by="platform")
    tenant.activated_at, tenant.migration_head = now(), row.head
    tenant.save(update_fields=["activated_at", "migration_head"])
    anchoring.begin(tenant, at=now())
    details = {"source": row.source.slug, "archive": row.content, "by": row.requested_by, **row.notes}
    with context.inside(tenant):
        aftermath.came_back("workspace.cloned", details)
