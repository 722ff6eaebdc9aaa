"""What the worker does for those who arrive."""

from provisioning import mails, opening
from provisioning.actions import signups
from provisioning.models import Opening, PartnerInvitation
from shared.clock import now
from shared.queue import MAIL_ATTEMPTS, task


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
