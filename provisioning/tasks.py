"""What the worker does for those who arrive, and for what is brought back."""

from uuid import UUID

from provisioning import anchoring, closing, fallbacks, image, mails, opening, pool, restoring, sweeping
from provisioning.actions import signups
from provisioning.fleet import slices
from provisioning.models import Closing, Opening, PartnerInvitation, Restoring
from shared.clock import now, today
from shared.queue import MAIL_ATTEMPTS, later, task
from tenants import addresses
from tenants.models import Tenant


@task("provisioning.open", area="control", in_steps=True)
def open_workspace(opening_id: int) -> None:
    opening.run(Opening.objects.select_related("tenant").get(pk=opening_id))


@task("provisioning.mail_activation", area="control", attempts=MAIL_ATTEMPTS)
def mail_activation(opening_id: int) -> None:
    mails.send_activation(Opening.objects.select_related("tenant", "signup").get(pk=opening_id))


@task("provisioning.mail_invitation", area="control", attempts=MAIL_ATTEMPTS)
def mail_invitation(invitation_id: int) -> None:
    mails.send_invitation(PartnerInvitation.objects.get(pk=invitation_id))


@task("provisioning.mail_workspaces", area="control", attempts=MAIL_ATTEMPTS)
def mail_workspaces(email: str, language: str) -> None:
    mails.send_workspaces(email, language=language)


@task("provisioning.purge_abandoned", area="control", cron="20 3 * * *")
def purge_abandoned() -> None:
    signups.purge_abandoned(at=now())


@task("provisioning.fleet_slice", area="control", in_steps=True)
def fleet_slice(run_id: int, number: int) -> None:
    """Some seconds of a roll-out."""
    slices.work(run_id, number)


@task("provisioning.fill_pool", area="control", cron="* * * * *", in_steps=True)
def fill_pool() -> None:
    """Every minute: drop what a release made stale, and have today's seeds and enough spares ready."""
    pool.recycle()
    image.prepare(on=today())
    pool.fill()


@task("provisioning.close_due", area="control", cron="*/10 * * * *")
def close_due() -> None:
    """Every ten minutes: closings whose time has come, reminders of those that near it, addresses free again."""
    at = now()
    for row in closing.due(at=at):
        later("provisioning.close", lock=f"closing:{row.pk}", closing_id=row.pk)
    closing.remind(at=at)
    addresses.clear_graves(at=at)


@task("provisioning.close", area="control", in_steps=True)
def close(closing_id: int) -> None:
    closing.proceed(Closing.objects.select_related("tenant").get(pk=closing_id), at=now())


@task("provisioning.mail_closing", area="control", attempts=MAIL_ATTEMPTS)
def mail_closing(closing_id: int, occasion: str) -> None:
    mails.send_closing(Closing.objects.select_related("tenant").get(pk=closing_id), occasion=occasion)


@task("provisioning.mail_erased", area="control", attempts=MAIL_ATTEMPTS)
def mail_erased(closing_id: int, email: str) -> None:
    mails.send_erased(Closing.objects.select_related("tenant").get(pk=closing_id), to=email)


@task("provisioning.request_closing", area="platform")
def request_closing(workspace: UUID, by: str, reason: str) -> None:
    """Asked for by a workspace's own administrator, for that workspace alone."""
    closing.request(Tenant.objects.get(uuid=workspace), by=by, reason=reason, at=now())


@task("provisioning.cancel_closing", area="platform")
def cancel_closing(workspace: UUID, by: str, reason: str) -> None:
    closing.cancel(Tenant.objects.get(uuid=workspace), by=by, reason=reason, at=now())


@task("provisioning.restore", area="control", in_steps=True)
def restore(restoring_id: int) -> None:
    restoring.run(Restoring.objects.select_related("tenant", "source").get(pk=restoring_id))


@task("provisioning.abandon", area="control", in_steps=True)
def abandon(restoring_id: int) -> None:
    """Asked for on the console; somebody may have finished it meanwhile."""
    row = Restoring.objects.select_related("tenant", "source").get(pk=restoring_id)
    if not row.finished_at:
        fallbacks.abandon(row)


@task("provisioning.forget", area="control", in_steps=True)
def forget(tenant_id: int) -> None:
    """What the restores of a workspace put aside goes for good."""
    fallbacks.drop_all(Tenant.objects.get(pk=tenant_id), at=now())


@task("provisioning.drop_fallbacks", area="control", cron="50 3 * * *", in_steps=True)
def drop_fallbacks() -> None:
    fallbacks.drop_expired(at=now())


@task("provisioning.prove_records", area="control", cron="40 2 * * *")
def prove_records() -> None:
    """Every night: have each workspace's record sealed, verified and marked."""
    anchoring.ask_everywhere()


@task("provisioning.prove_record", area="control", attempts=3)
def prove_record(tenant: str) -> None:
    found = Tenant.objects.get(uuid=UUID(tenant))
    if anchoring.is_due(found):
        anchoring.prove(found, at=now())


@task("provisioning.sweep_archives", area="control", cron="35 3 * * *")
def sweep_archives() -> None:
    sweeping.sweep_archives(at=now())
