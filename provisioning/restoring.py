"""Bring content back: an archive into a schema of its own, proved, and swapped for the one in force.

Nothing of the old schema is touched before the swap, and it stays as a fallback after it. A clone takes the same way
into a new tenant (`provisioning.cloning`). See docs/subsystems/portability.md.
"""

import time
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from provisioning import anchoring, cloning, files, saga, template
from provisioning.heads import release_for
from provisioning.models import Release, Restoring, RestoringStep
from shared.clock import now
from shared.refusals import Refusal
from tenants import addresses, context, hosts, lifecycle, schemas
from tenants.models import Tenant
from workspace import portability
from workspace.portability import aftermath

Kind = Restoring.Kind
Step = RestoringStep.Name
State = Tenant.State

FALLBACK = timedelta(days=14)
_PATIENCE_MS = 3_000  # for one table that somebody is writing to
_TRIES = 5
_PAUSE_S = 0.3


class UnderWay(Refusal):
    message = _("「{name}」已有一次恢复还没有结束，请先继续或放弃它。")


def ask(
    tenant: Tenant, archive: Path, *, by: str, reason: str, progress: portability.Progress | None = None
) -> Restoring:
    """Prove the archive, keep a copy, and write down what is to be done. A bad archive changes nothing at all.

    Raises ArchiveRefused, NoKey, UnderWay, NoSuchEdge where the tenant's state allows no restoring, ReasonMissing.
    """
    may_begin(tenant, reason)
    said = portability.check(archive, of=tenant.workspace, progress=progress)
    head = release_for(said, of=tenant).head
    row = Restoring(kind=Kind.RESTORE, tenant=tenant, source=tenant, requested_by=by, reason=reason, head=head)
    row.content, row.rows = said.content, said.rows
    files.keep(archive, row)
    try:
        write_down(row)
    except BaseException:
        files.forget(row)
        raise
    return row


def may_begin(tenant: Tenant, reason: str) -> None:
    """Raises what would stop it before any work is done: UnderWay, NoSuchEdge, ReasonMissing."""
    tenant.refresh_from_db()
    if Restoring.objects.filter(tenant=tenant, finished_at__isnull=True).exists():
        raise UnderWay(name=tenant.name)
    if State.RESTORING not in lifecycle.EDGES[tenant.state]:
        raise lifecycle.NoSuchEdge(origin=State(tenant.state).label, destination=State.RESTORING.label)
    if not reason.strip():
        raise lifecycle.ReasonMissing


def write_down(row: Restoring) -> None:
    """Of two at once the second gets UnderWay."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise UnderWay(name=row.tenant.name) from error


def run(row: Restoring, *, progress: portability.Progress | None = None) -> Restoring:
    """Do the steps that are not done yet; see `saga.run` for what it raises."""
    if not row.finished_at:
        saga.run(row, steps(row, progress), begin=partial(_begin, progress), finish=_finish, fail=_fail)
    return row


def steps(row: Restoring, progress: portability.Progress | None = None) -> saga.Steps:
    """What this kind of restoring does, in order."""
    filled: saga.Steps = (
        (Step.SCHEMA, _schema),
        (Step.TABLES, _tables),
        (Step.CONTENT, partial(_content, progress=progress)),
        (Step.PROOF, _proof),
    )
    swapped: saga.Steps = ((Step.SWAP, _swap), (Step.FILES, files.put_in_place), (Step.ACTIVATE, _activate))
    if row.kind == Kind.BACK:
        return swapped
    if row.kind == Kind.RESTORE:
        return (*filled, *swapped)
    return (*filled, (Step.FILES, files.put_in_place), (Step.DOMAIN, _domain), (Step.ACTIVATE, cloning.activate))


def _begin(progress: portability.Progress | None, row: Restoring) -> None:
    row.tenant.refresh_from_db()
    if row.kind == Kind.CLONE:
        cloning.begin(row, progress)
    elif row.tenant.state != State.RESTORING:
        with transaction.atomic():
            saga.hold(row)
            row.former_state = row.tenant.state
            row.save(update_fields=["former_state"])
            lifecycle.move(row.tenant, to=State.RESTORING, by=row.requested_by, reason=row.reason)


def _fail(row: Restoring, error: Exception) -> None:
    """Before the swap the workspace is as it was, and goes on. After it there is only the way forward."""
    row.tenant.refresh_from_db()
    if row.kind == Kind.CLONE:
        cloning.fail(row, error)
    elif row.tenant.state == State.RESTORING and not row.is_swapped:
        lifecycle.move(row.tenant, to=row.former_state, by="platform", reason=f"not restored: {type(error).__name__}")


def _finish(row: Restoring) -> None:
    row.tenant.refresh_from_db()
    transaction.on_commit(partial(files.forget, row))


def _schema(row: Restoring) -> None:
    schemas.create(row.schema_name)


def _tables(row: Restoring) -> None:
    made = Release.objects.get(head=row.head)
    with inside_new(row):
        template.replay(made)


def _content(row: Restoring, progress: portability.Progress | None) -> None:
    archive, origin = files.archive(row), row.source.workspace
    with inside_new(row):
        done = portability.restore(archive, of=origin, files=files.incoming(row), at=now(), progress=progress)
    row.notes = dict(done.notes)
    row.save(update_fields=["notes"])


def _proof(row: Restoring) -> None:
    said = portability.peek(files.archive(row))
    with inside_new(row):
        found = portability.digest(files.incoming(row))
    portability.compare(said, found, of=row.source.workspace, here=row.tenant.workspace)


def inside_new(row: Restoring) -> AbstractContextManager[None]:
    """As the tenant, in the schema that is not its own yet."""
    return context.entered(context.of_schema(row.schema_name, timeout_ms=0), row.tenant.workspace)


def _swap(row: Restoring) -> None:
    """The tenant lives in the new schema, and nobody can write to the old one any more: both or neither."""
    tenant = Tenant.objects.select_for_update().get(pk=row.tenant_id)
    former = tenant.schema_name
    if row.kind == Kind.BACK:
        schemas.reopen(row.schema_name)
        # In force again, it is nobody's fallback.
        Restoring.objects.filter(tenant=tenant, former_schema=row.schema_name).update(former_schema="")
    if schemas.exists(former):
        _shut(former)
        row.former_schema, row.former_head = former, tenant.migration_head
        row.fallback_until = now() + FALLBACK
        row.save(update_fields=["former_schema", "former_head", "fallback_until"])
    tenant.schema_name, tenant.migration_head = row.schema_name, row.head
    tenant.save(update_fields=["schema_name", "migration_head"])
    row.tenant = tenant
    transaction.on_commit(hosts.forget)


def _shut(schema: str) -> None:
    """A writer who came in before the workspace was closed ends soon; one who waits for us in turn is a deadlock."""
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                schemas.shut(schema, patience_ms=_PATIENCE_MS)
        except OperationalError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _domain(row: Restoring) -> None:
    addresses.give(row.tenant)


def _activate(row: Restoring) -> None:
    _domain(row)
    tenant = row.tenant
    tenant.refresh_from_db()
    after = State.READ_ONLY if row.former_state == State.READ_ONLY else State.ACTIVE
    lifecycle.move(tenant, to=after, by="platform", reason=row.reason)
    anchoring.begin(tenant, at=now())
    details = {"archive": row.content, "reason": row.reason, "by": row.requested_by}
    with context.inside(tenant):
        aftermath.came_back("workspace.returned" if row.kind == Kind.BACK else "workspace.restored", details)
