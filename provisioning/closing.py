"""Close a workspace (关闭): time to think, data sealed, everything erased, the key destroyed, the erasure proven."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from provisioning import erasing, saga
from provisioning.models import Closing, ClosingStep
from shared.queue import later
from shared.refusals import Refusal
from tenants import lifecycle
from tenants.models import Tenant, TenantEvent

Step = ClosingStep.Name
State = Tenant.State
# Days before the end at which the contact is told once more.
REMINDERS = (7, 1)
_WITH_THE_GRACE: saga.Steps = (
    (Step.LEAVE, erasing.leave),
    (Step.EXPORT, erasing.export),
    (Step.SCHEMA, erasing.drop_schema),
    (Step.FILES, erasing.delete_files),
    (Step.ARCHIVE, erasing.archive),
)
_WITH_THE_ARCHIVE: saga.Steps = (
    (Step.KEY, erasing.destroy_key),
    (Step.PROOF, erasing.prove),
    (Step.RECORDS, erasing.clear_records),
)


class AlreadyClosing(Refusal):
    message = _("「{tenant}」已经在关闭中，不用再申请；要查看或撤销，请到「关闭空间」。")


class NotClosing(Refusal):
    message = _("「{tenant}」没有在关闭，不用撤销；请刷新页面看它现在的状态。")


class TooLate(Refusal):
    message = _("「{tenant}」的关闭已经执行，不能再撤销；封存期内可以从封存件恢复，见运维手册 restore.md。")


class NotArchived(Refusal):
    message = _("「{tenant}」没有可以提前清除的封存数据：它还没有封存，或已经清除。")


@transaction.atomic
def request(tenant: Tenant, *, by: str, reason: str, at: datetime) -> Closing:
    """Begin: read-only from now on, closed when the grace is over. The contact gets a mail.

    Raises AlreadyClosing, lifecycle.NoSuchEdge, lifecycle.ReasonMissing.
    """
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    if running(locked):
        raise AlreadyClosing(tenant=locked)
    grace = at + timedelta(days=settings.CLOSING_GRACE_DAYS)
    tenant.closes_at = grace
    lifecycle.move(tenant, to=State.CLOSING, by=by, reason=reason, also=["closes_at"])
    made = Closing.objects.create(
        tenant=tenant,
        requested_by=by,
        reason=reason.strip(),
        grace_until=grace,
        kept_until=grace + timedelta(days=settings.CLOSED_ARCHIVE_DAYS),
        schema_name=tenant.schema_name,
    )
    later("provisioning.mail_closing", closing_id=made.pk, occasion="begun")
    return made


def running(tenant: Tenant) -> Closing | None:
    """The closing that is under way, if any."""
    return Closing.objects.filter(tenant=tenant, cancelled_at__isnull=True, finished_at__isnull=True).first()


@transaction.atomic
def cancel(tenant: Tenant, *, by: str, reason: str, at: datetime) -> Closing:
    """Take a closing back while its grace lasts; the workspace is again what it was before.

    Raises NotClosing, TooLate, lifecycle.ReasonMissing.
    """
    found = running(tenant)
    if found is None:
        raise NotClosing(tenant=tenant)
    held = Closing.objects.select_for_update().get(pk=found.pk)
    if held.steps.exists() or at >= held.grace_until:
        raise TooLate(tenant=tenant)
    if not reason.strip():
        raise lifecycle.ReasonMissing
    held.cancelled_at, held.cancelled_by = at, by
    held.save(update_fields=["cancelled_at", "cancelled_by"])
    before = tenant.events.filter(destination=State.CLOSING).latest("pk").origin
    tenant.closes_at = None
    lifecycle.move(tenant, to=before, by=by, reason=reason, also=["closes_at"])
    later("provisioning.mail_closing", closing_id=held.pk, occasion="cancelled")
    return held


@transaction.atomic
def erase_now(tenant: Tenant, *, at: datetime) -> Closing:
    """Give up what is left of the time that the archive is kept. Raises NotArchived."""
    found = running(tenant)
    if found is None or found.archived_at is None:
        raise NotArchived(tenant=tenant)
    Closing.objects.filter(pk=found.pk, kept_until__gt=at).update(kept_until=at)
    later("provisioning.close", lock=f"closing:{found.pk}", closing_id=found.pk)
    return found


def reopened(event: TenantEvent) -> None:
    """A closed workspace that was restored from its archive is not closed any more: nothing will be erased."""
    if event.origin != State.RESTORING or event.destination not in {State.ACTIVE, State.READ_ONLY}:
        return
    for row in Closing.objects.filter(tenant=event.tenant, cancelled_at__isnull=True, finished_at__isnull=True):
        row.cancelled_at, row.cancelled_by = event.at, event.actor
        row.save(update_fields=["cancelled_at", "cancelled_by"])
        transaction.on_commit(partial(erasing.delete_archive, row))


def due(*, at: datetime) -> "QuerySet[Closing]":
    """Those with a step whose time has come."""
    open_ones = Closing.objects.filter(cancelled_at__isnull=True, finished_at__isnull=True)
    return open_ones.filter(archived_at__isnull=True, grace_until__lte=at) | open_ones.filter(kept_until__lte=at)


def proceed(closing: Closing, *, at: datetime) -> Closing:
    """Do the steps whose time has come; see `saga.run` for what it raises. Called too early, it does nothing."""
    if closing.cancelled_at or closing.finished_at or at < closing.grace_until:
        return closing
    ends = at >= closing.kept_until
    saga.run(closing, (*_WITH_THE_GRACE, *(_WITH_THE_ARCHIVE if ends else ())), whole=ends)
    return closing


def remind(*, at: datetime) -> int:
    """Tell the contacts of closings that near their end, once for each of `REMINDERS`. Returns how many mails."""
    sent = 0
    for closing in Closing.objects.filter(
        cancelled_at__isnull=True, archived_at__isnull=True, grace_until__gt=at, finished_at__isnull=True
    ):
        near = [days for days in REMINDERS if closing.grace_until - at <= timedelta(days=days)]
        if set(near) - set(closing.reminded):
            with transaction.atomic():
                closing.reminded = near
                closing.save(update_fields=["reminded"])
                later("provisioning.mail_closing", closing_id=closing.pk, occasion="reminder")
            sent += 1
    return sent
