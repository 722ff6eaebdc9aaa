"""What the tree asks of questions when units merge: what waits for an answer is answered by the unit that stays."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from workspace.organization import handovers
from workspace.organization.handovers import Going
from workspace.organization.models import Unit
from workspace.voice.models import Topic


def register() -> None:
    """Called once, when the process starts."""
    handovers.register(
        handovers.Handover("topics", _("等待答复的提问和建议"), count=_waiting_at, hand_over=_take, order=80)
    )


def _waiting_at(units: Sequence[Unit]) -> int:
    return Topic.objects.filter(unit__in=[unit.pk for unit in units], answered_at__isnull=True).count()


def _take(going: Going) -> list[int]:
    waiting = Topic.objects.filter(unit__in=[unit.pk for unit in going.origins], answered_at__isnull=True)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    Topic.objects.filter(pk__in=keys).update(unit=going.to)
    return keys
