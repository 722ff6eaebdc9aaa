"""The meeting is held and members speak of each other (开始互评)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.appraisal import messages
from workspace.appraisal.actions.locking import locked
from workspace.appraisal.actions.opening import MeetingHeld
from workspace.appraisal.models import Appraisal
from workspace.audit import actions as audit


class MeetingInTheFuture(Refusal):
    message = _("日期在将来，请在当天或之后登记。")
    status = 400


class BeforeTheCutoff(Refusal):
    message = _("会议不能早于统计截止日（{day}）。")
    status = 400


@transaction.atomic
def begin_mutual(appraisal: Appraisal, *, on: date, by: User, today: date, seen: datetime | None = None) -> Appraisal:
    """Self-reviews may still come in until the ballot. Raises NotRunning, ChangedMeanwhile, MeetingHeld,
    MeetingInTheFuture, BeforeTheCutoff."""
    now = locked(appraisal, seen=seen)
    if now.mutual_on:
        raise MeetingHeld(day=now.mutual_on)
    if on > today:
        raise MeetingInTheFuture
    if on < now.cutoff_on:
        raise BeforeTheCutoff(day=now.cutoff_on)
    now.mutual_on = on
    now.save(update_fields=["mutual_on", "updated_at"])
    audit.record("appraisal.mutual_begun", of=now, by=by, details={"on": on.isoformat()})
    title = _now("{year}年度民主评议：互评").format(year=now.year)
    body = _now("可以给同志写几句意见；会上已经当面提出的，勾选一下就行。")
    messages.tell(now, now.participants, title, body, but=by)
    return now
