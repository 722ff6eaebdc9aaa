"""Try again what failed: an opening, or a job of the queue."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from console.actions import entries
from console.models import QueueJob
from console.queries import openings
from provisioning.models import Opening
from shared.queue import later
from shared.refusals import Refusal
from workspace.accounts.models import User


class OpeningDone(Refusal):
    message = _("「{tenant}」已经开通，不需要重试。")


class OpeningHeld(Refusal):
    message = _("「{tenant}」正在开通，请等这一次结束。")


class JobNotFailed(Refusal):
    message = _("任务 {number} 不在失败状态，可能已经重试过。")


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


@transaction.atomic
def retry_job(number: int, *, by: User) -> None:
    """Put a failed job back into its queue, for one more attempt. Raises JobNotFailed."""
    # The queue's own schema is closed to the console; this function, made by our first migration, is the one way in.
    row = (
        QueueJob.objects.filter(pk=number, status="failed")
        .annotate(retried=Func(F("pk"), function="console_retry_job"))
        .values_list("task_name", "retried")
        .first()
    )
    if row is None or not row[1]:
        raise JobNotFailed(number=number)
    entries.record("job.retried", thing=f"job:{number}", label=row[0], by=by)
