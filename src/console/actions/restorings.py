"""What an operator does about content that is being brought back or copied: go on, or give up.

What takes content away from people needs a second operator: `proposals`, with the verbs `back` and `forget`.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from console.actions import entries
from provisioning import fallbacks, saga
from provisioning.models import Restoring
from shared.queue import later
from shared.refusals import Refusal
from tenants import lifecycle
from workspace.accounts.models import User


class NothingToResume(Refusal):
    message = _("这次恢复已经结束，没有要继续的。需要的话，请从命令行重新恢复。")


@transaction.atomic
def resume(row: Restoring, *, by: User) -> None:
    """Have the worker go on with the step where it stopped. Raises NothingToResume, saga.AlreadyRunning."""
    locked = _unfinished(row)
    later("provisioning.restore", lock=f"restoring:{locked.pk}", restoring_id=locked.pk)
    _record("restoring.resumed", locked, by=by)


@transaction.atomic
def abandon(row: Restoring, *, by: User, reason: str) -> None:
    """Have the worker drop what was built; the workspace goes on as it was, a copy is given up.

    Raises NothingToResume, saga.AlreadyRunning, fallbacks.TooLateToAbandon, lifecycle.ReasonMissing.
    """
    if not reason.strip():
        raise lifecycle.ReasonMissing
    locked = _unfinished(row)
    if not fallbacks.may_abandon(locked):
        raise fallbacks.TooLateToAbandon
    later("provisioning.abandon", lock=f"restoring:{locked.pk}", restoring_id=locked.pk)
    _record("restoring.abandoned", locked, by=by, reason=reason)


def _unfinished(row: Restoring) -> Restoring:
    locked = Restoring.objects.select_for_update(of=["self"]).select_related("tenant", "source").get(pk=row.pk)
    if locked.finished_at:
        raise NothingToResume
    if saga.is_held(locked):
        raise saga.AlreadyRunning
    return locked


def _record(verb: str, row: Restoring, *, by: User, reason: str = "") -> None:
    thing = f"workspace:{row.tenant.uuid}"
    entries.record(verb, thing=thing, label=row.tenant.name, by=by, reason=reason, details={"kind": row.kind})
