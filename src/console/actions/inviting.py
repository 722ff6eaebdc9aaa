"""Ask partner organisations in, one by one or a whole list, and take an invitation back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from console.actions import entries
from console.pasted import Line
from provisioning.actions import invitations
from provisioning.models import PartnerInvitation
from shared.refusals import Refusal
from workspace.accounts.models import User


class InvitationUsedUp(Refusal):
    message = _("「{name}」已经用这个邀请开通了工作空间，不能撤回；要停用，请在「工作空间」里暂停或申请关闭。")


class InvitationOver(Refusal):
    message = _("「{name}」的邀请已经失效，不用撤回；需要的话，请发一个新的邀请。")


class NothingToInvite(Refusal):
    message = _("没有可以邀请的行。请先改正有问题的行。")
    status = 400


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What holds for every invitation of one sending."""

    wave: str = ""
    days: int = 30  # how long the link serves


@transaction.atomic
def invite(line: Line, *, terms: Terms, by: User, at: datetime) -> PartnerInvitation:
    """One invitation; mailed where an address is given."""
    made = _invite(line, terms, by, at)
    entries.record(
        "invitation.made", thing=f"invitation:{made.pk}", label=made.name, by=by, details={"wave": terms.wave}
    )
    return made


@transaction.atomic
def invite_all(lines: list[Line], *, terms: Terms, by: User, at: datetime) -> list[PartnerInvitation]:
    """All of them or none, with one line in the record. Raises NothingToInvite."""
    if not lines:
        raise NothingToInvite
    made = [_invite(line, terms, by, at) for line in lines]
    entries.record(
        "invitation.batch_made",
        thing=f"wave:{terms.wave}" if terms.wave else "wave",
        label=terms.wave or str(_("未分批次")),
        by=by,
        details={"invitations": [each.pk for each in made]},
    )
    return made


def _invite(line: Line, terms: Terms, by: User, at: datetime) -> PartnerInvitation:
    return invitations.invite(
        name=line.name,
        kind=line.kind,
        region=line.region,
        credit_code=line.credit_code,
        email=line.email,
        wave=terms.wave,
        by=by.username,
        at=at,
        lifetime=timedelta(days=terms.days),
    )


@transaction.atomic
def revoke(invitation: PartnerInvitation, *, by: User, reason: str, at: datetime) -> None:
    """End the invitation's time now; whoever follows the link hears that it has expired.

    Raises InvitationUsedUp, InvitationOver.
    """
    locked = PartnerInvitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.used_at:
        raise InvitationUsedUp(name=locked.name)
    if locked.is_expired(at=at):
        raise InvitationOver(name=locked.name)
    locked.expires_at = at
    locked.save(update_fields=["expires_at"])
    entries.record("invitation.revoked", thing=f"invitation:{locked.pk}", label=locked.name, by=by, reason=reason)
