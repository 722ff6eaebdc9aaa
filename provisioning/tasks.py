"""What the worker does for those who arrive, and for what is brought back."""

from provisioning import fallbacks, mails, opening, restoring, sweeping
from provisioning.actions import signups
from provisioning.models import Opening, PartnerInvitation, Restoring
from shared.clock import now
from shared.queue import task


@task("provisioning.open", area="control")
def open_workspace(opening_id: int) -> None:
    opening.run(Opening.objects.select_related("tenant").get(pk=opening_id))


@task("provisioning.mail_activation", area="control")
def mail_activation(opening_id: int) -> None:
    mails.send_activation(Opening.objects.select_related("tenant", "signup").get(pk=opening_id))


@task("provisioning.mail_invitation", area="control")
def mail_invitation(invitation_id: int) -> None:
    mails.send_invitation(PartnerInvitation.objects.get(pk=invitation_id))


@task("provisioning.mail_workspaces", area="control")
def mail_workspaces(email: str, language: str) -> None:
    mails.send_workspaces(email, language=language)


@task("provisioning.purge_abandoned", area="control", cron="20 3 * * *")
def purge_abandoned() -> None:
    signups.purge_abandoned(at=now())


@task("provisioning.restore", area="control")
def restore(restoring_id: int) -> None:
    restoring.run(Restoring.objects.select_related("tenant", "source").get(pk=restoring_id))


@task("provisioning.drop_fallbacks", area="control", cron="50 3 * * *")
def drop_fallbacks() -> None:
    fallbacks.drop_expired(at=now())


@task("provisioning.sweep_archives", area="control", cron="35 3 * * *")
def sweep_archives() -> None:
    sweeping.sweep_archives(at=now())
