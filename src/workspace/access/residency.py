"""What the tree asks of roles when units merge."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from shared.clock import now, today
from workspace.access.actions import reorganising
from workspace.access.models import Grant, Invitation
from workspace.organization import handovers
from workspace.organization.models import Unit


def register() -> None:
    """Called once, when the process starts."""
    handovers.register(
        handovers.Handover("grants", _("角色"), count=_grants_of, hand_over=reorganising.take_grants, order=30)
    )
    handovers.register(
        handovers.Handover(
            "invitations", _("有效的邀请"), count=_invitations_of, hand_over=reorganising.take_invitations, order=40
        )
    )


def _grants_of(units: Sequence[Unit]) -> int:
    return Grant.objects.not_over(today()).filter(unit__in=[unit.pk for unit in units]).count()


def _invitations_of(units: Sequence[Unit]) -> int:
    return Invitation.objects.open(now()).filter(unit__in=[unit.pk for unit in units]).count()
