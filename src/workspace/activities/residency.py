"""What the tree asks of activities when units merge."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from workspace.activities.actions import reorganising
from workspace.activities.models import Activity, Obligation
from workspace.organization import handovers
from workspace.organization.models import Unit


def register() -> None:
    """Called once, when the process starts."""
    handovers.register(
        handovers.Handover("activities", _("已安排的活动"), count=_planned, hand_over=reorganising.take_plans, order=60)
    )
    handovers.register(
        handovers.Handover(
            "obligations", _("未完成的年度要求"), count=_owed_by, hand_over=reorganising.take_obligations, order=70
        )
    )


def _planned(units: Sequence[Unit]) -> int:
    planned = Activity.objects.filter(unit__in=[unit.pk for unit in units], starts_at__gte=timezone.now())
    return planned.filter(closed_at__isnull=True, cancelled_at__isnull=True).count()


def _owed_by(units: Sequence[Unit]) -> int:
    open_ones = Obligation.objects.filter(unit__in=[unit.pk for unit in units], state=Obligation.State.OPEN)
    return open_ones.filter(period_end__gte=today()).count()
