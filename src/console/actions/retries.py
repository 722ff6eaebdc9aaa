"""Try a failed opening again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from console.actions import entries
from console.queries import openings
from provisioning.models import Opening
from shared.queue import later
from shared.refusals import Refusal
from workspace.accounts.models import User


class OpeningDone(Refusal):
    message = _("「{tenant}」已经开通，不需要重试。")


class OpeningHeld(Refusal):
    message = _("「{tenant}」正在开通，请等这一次结束。")


@transaction.atomic
def retry_opening(opening: Opening, *, by: User, at: datetime) -> None:
    """Continue an opening where it stood. Raises OpeningDone, or OpeningHeld while a worker has it in hand."""
    locked = Opening.objects.select_for_update(of=["self"]).select_related("tenant").get(pk=opening.pk)
    if locked.finished_at:
        raise OpeningDone(tenant=locked.tenant)
    if openings.is_held(locked, at=at):
        raise OpeningHeld(tenant=locked.tenant)
    later("provisioning.open", lock=f"opening:{locked.pk}", opening_id=locked.pk)
    entries.record(
        "opening.retried",
        thing=f"opening:{locked.uuid}",
        label=locked.tenant.name,
        by=by,
        details={"attempts": locked.attempts, "error": locked.error[:500]},
    )
