"""Take the last step back, with a reason."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.development.actions.consequences import change_of, changes
from workspace.development.actions.opening import AlreadyOpen
from workspace.development.actions.recording import NotOpen
from workspace.development.actions.refreshing import refresh
from workspace.development.actions.standing import stand_back
from workspace.development.models import Case, Step
from workspace.development.queries.above import is_decided_above
from workspace.development.queries.plans import plan_of
from workspace.development.queries.visibility import refuse_unless_decides, refuse_unless_handles


class NothingToUndo(Refusal):
    message = _("这份档案只有入党申请，没有可以撤回的步骤。建错了请停止档案并写明原因。")


class ReasonMissing(Refusal):
    message = _("请写明原因。")
    status = 400


@transaction.atomic
def undo_last(case: Case, *, reason: str, by: User, today: date) -> Step:
    """The newest record goes; the person's standing and the case become what they were before it."""
    if not reason.strip():
        raise ReasonMissing
    now = Case.objects.select_for_update(of=("self",)).select_related("member__unit").get(pk=case.pk)
    _refuse_ended(now)
    last = last_step(now)
    if last is None:
        raise NothingToUndo
    before = plan_of(now, on=today)
    if is_decided_above(last.code, before.clocks):
        refuse_unless_decides(now, by)
    else:
        refuse_unless_handles(now, by)
    told = {"step": last.code, "on": last.on.isoformat() if last.on else None, "reason": reason.strip()}
    audit.record("development.step_undone", of=now, by=by, details=told)
    changed = change_of(before, last)
    last.delete()
    if not now.is_open:
        now.state, now.ended_on = Case.State.OPEN, None
        now.save(update_fields=["state", "ended_on"])
    if changed:
        left = [one.kind for one in changes(plan_of(now, on=today))]
        if changed.kind not in left:
            stand_back(now, changed.kind, reason=reason.strip(), by=by)
    refresh(now, on=today)
    return last


def _refuse_ended(case: Case) -> None:
    """What was stopped is taken up again first; what is over can only come back while there is no newer case."""
    if case.state == Case.State.STOPPED:
        raise NotOpen(case=case, state=case.get_state_display())
    if not case.is_open and Case.objects.filter(member=case.member, state=Case.State.OPEN).exists():
        raise AlreadyOpen(member=case.member)


def last_step(case: Case) -> Step | None:
    """The record that would go; the application stays while there is a case."""
    return case.steps.exclude(code="apply").order_by("-pk").first()
