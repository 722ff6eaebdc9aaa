"""An administrator asks that the workspace be closed, or that it be kept after all.

The workspace itself can do neither: it asks the platform, in the same transaction as the line in its own record.
"""

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import Refusal
from shared.workspace import current_workspace
from workspace.accounts.models import User
from workspace.archives.queries import archives_for
from workspace.audit import actions as audit
from workspace.organization.models import Unit


class Verb(Protocol):
    def __call__(self, *, by: User, reason: str) -> None: ...


class AlreadyClosing(Refusal):
    message = _("本空间已经在关闭中，不用再申请；要继续使用，请撤销关闭。")


class NotClosing(Refusal):
    message = _("没有在关闭，不用撤销。")


class ReasonMissing(Refusal):
    message = _("请写明原因。")
    status = 400


def ask(*, by: User, reason: str) -> None:
    """Ask the platform to close this workspace. Raises Http404 or OnlyForTheWhole for whoever may not, AlreadyClosing,
    ReasonMissing."""
    _ask("provisioning.request_closing", "workspace.closing_asked", by=by, reason=reason)


def ask_to_stay(*, by: User, reason: str) -> None:
    """Ask the platform to take the closing back. Raises what `ask` raises, and NotClosing."""
    _ask("provisioning.cancel_closing", "workspace.closing_withdrawn", by=by, reason=reason)


def _ask(task: str, verb: str, *, by: User, reason: str) -> None:
    archives_for(by)
    if not reason.strip():
        raise ReasonMissing
    closing = current_workspace().closes_at is not None
    if task.endswith("request_closing") and closing:
        raise AlreadyClosing
    if task.endswith("cancel_closing") and not closing:
        raise NotClosing
    audit.record(verb, of=Unit.objects.get(depth=1), by=by, details={"reason": reason.strip()})
    later(task, by=f"administrator {by.username}", reason=reason.strip())
