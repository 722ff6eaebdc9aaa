"""What an operator does about a closing that is under way."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from console.actions import entries
from provisioning import closing as lifecycle_end
from provisioning import saga
from provisioning.models import Closing
from shared.queue import later
from shared.refusals import Refusal
from workspace.accounts.models import User


class NothingToRetry(Refusal):
    message = _("这次关闭没有停下的步骤，或正在执行；请刷新页面，看现在到了哪一步。")


@transaction.atomic
def cancel(row: Closing, *, by: User, reason: str, at: datetime) -> None:
    """Keep the workspace. Raises closing.NotClosing, closing.TooLate, lifecycle.ReasonMissing."""
    lifecycle_end.cancel(row.tenant, by=by.username, reason=reason, at=at)
    _record("closing.cancelled", row, by=by, reason=reason)


@transaction.atomic
def retry(row: Closing, *, by: User) -> None:
    """Go on where it stopped. Raises NothingToRetry."""
    locked = Closing.objects.select_for_update().get(pk=row.pk)
    if not locked.error or locked.finished_at or saga.is_held(locked):
        raise NothingToRetry
    later("provisioning.close", lock=f"closing:{row.pk}", closing_id=row.pk)
    _record("closing.retried", row, by=by)


def _record(verb: str, row: Closing, *, by: User, reason: str = "") -> None:
    entries.record(verb, thing=f"workspace:{row.tenant.uuid}", label=row.tenant.name, by=by, reason=reason)
