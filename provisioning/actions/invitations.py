"""What becomes of an invitation: made, mailed, opened, used or expired."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from provisioning import funnel
from provisioning.models import PartnerInvitation
from provisioning.models.invitation import LIFETIME
from shared.queue import later
from shared.refusals import Refusal


class InvitationUnknown(Refusal):
    message = _("没有这个邀请。请核对链接是否完整，或直接注册。")
    status = 404


class InvitationExpired(Refusal):
    message = _("这个邀请已过期。可以请邀请人再发一个，也可以直接注册，同样免费。")
    status = 410


class InvitationUsed(Refusal):
    message = _("这个邀请已经用过，工作空间已开通。请用「找回工作空间」拿到网址。")
    status = 410


@transaction.atomic
def invite(
    *,
    name: str,
    by: str,
    at: datetime,
    kind: str = "",
    region: str = "",
    credit_code: str = "",
    email: str = "",
    wave: str = "",
    lifetime: timedelta = LIFETIME,
) -> PartnerInvitation:
    """Ask an organisation in. With an e-mail the link is mailed to it; otherwise hand over
    `mails.invitation_url(made)`."""
    made = PartnerInvitation.objects.create(
        name=name,
        kind=kind,
        region=region,
        credit_code=credit_code,
        email=email,
        wave=wave,
        invited_by=by,
        expires_at=at + lifetime,
    )
    funnel.reached(funnel.Stage.INVITED, at=at, invitation=made)
    if email:
        later("provisioning.mail_invitation", background=True, invitation_id=made.pk)
    return made


def open_link(token: str, *, at: datetime) -> PartnerInvitation:
    """The invitation of a link that still serves. Raises InvitationUnknown, InvitationUsed or InvitationExpired."""
    found = PartnerInvitation.objects.filter(token=token).first()
    if found is None:
        raise InvitationUnknown
    if found.used_at:
        raise InvitationUsed
    if found.is_expired(at=at):
        raise InvitationExpired
    if found.opened_at is None:
        found.opened_at = at
        found.save(update_fields=["opened_at"])
        funnel.reached(funnel.Stage.LINK_OPENED, at=at, invitation=found)
    return found
