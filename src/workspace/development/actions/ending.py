"""Stop a case, take it up again, and note that approval is a special case."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.development.actions.opening import AlreadyOpen, InTheFuture
from workspace.development.actions.recording import NotOpen
from workspace.development.actions.refreshing import refresh
from workspace.development.actions.undoing import ReasonMissing
from workspace.development.models import Case
from workspace.development.queries.visibility import refuse_unless_decides, refuse_unless_handles


class NotStopped(Refusal):
    message = _("{case}的发展档案没有停止。")


@transaction.atomic
def stop(case: Case, *, on: date, reason: str, by: User, today: date) -> Case:
    """The person withdrew, moved away for good, or the branch gave it up.

    Raises NotOpen, ReasonMissing, InTheFuture.
    """
    if on > today:
        raise InTheFuture
    now = _locked(case, reason)
    refuse_unless_handles(now, by)
    if not now.is_open:
        raise NotOpen(case=now, state=now.get_state_display())
    now.state, now.ended_on, now.ending = Case.State.STOPPED, on, reason.strip()
    now.save(update_fields=["state", "ended_on", "ending"])
    audit.record("development.stopped", of=now, by=by, details={"on": on.isoformat(), "reason": now.ending})
    refresh(now, on=today)
    return now


@transaction.atomic
def reopen(case: Case, *, reason: str, by: User, today: date) -> Case:
    """It goes on where it stopped. Raises NotStopped, AlreadyOpen, ReasonMissing."""
    now = _locked(case, reason)
    refuse_unless_handles(now, by)
    if now.state != Case.State.STOPPED:
        raise NotStopped(case=now)
    if Case.objects.filter(member=now.member, state=Case.State.OPEN).exists():
        raise AlreadyOpen(member=now.member)
    audit.record("development.reopened", of=now, by=by, details={"reason": reason.strip(), "was": now.ending})
    now.state, now.ended_on, now.ending = Case.State.OPEN, None, ""
    now.save(update_fields=["state", "ended_on", "ending"])
    refresh(now, on=today)
    return now


@transaction.atomic
def mark_special(case: Case, *, is_special: bool, reason: str, by: User, today: date) -> Case:
    """Approval may take six months instead of three; decided by the level above."""
    now = _locked(case, reason)
    refuse_unless_decides(now, by)
    if not now.is_open:
        raise NotOpen(case=now, state=now.get_state_display())
    now.is_special = is_special
    now.save(update_fields=["is_special"])
    audit.record("development.special", of=now, by=by, details={"special": is_special, "reason": reason.strip()})
    refresh(now, on=today)
    return now


def _locked(case: Case, reason: str) -> Case:
    if not reason.strip():
        raise ReasonMissing
    return Case.objects.select_for_update(of=("self",)).select_related("member__unit").get(pk=case.pk)
