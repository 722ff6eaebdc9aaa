"""The end: grades onto the timelines; the last step taken back; the whole case given up."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.appraisal.actions.locking import NotRunning, NotYet, locked
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.people import NOTE
from workspace.appraisal.queries.progress import step_of
from workspace.audit import actions as audit
from workspace.members.actions.events import Happening, happen_many, void
from workspace.members.models import Event, Member
from workspace.members.standing.words import Grade as Told

UNDO_DAYS = 30  # so long after closing it can be taken back
_CLEARED: dict[str, dict[str, object]] = {
    "announcement": {"announced_on": None},
    "verdicts": {"verdicts": [], "decided_by": "", "decided_on": None, "cap_reason": ""},
    "ballot": {"ballot": {}, "box": {}},
    "box": {"box": {}},
    "mutual": {"mutual_on": None},
}


class NothingToUndo(Refusal):
    message = _("还没有开会，没有可以撤回的步骤。")


class TooLateToUndo(Refusal):
    message = _("归档已超过 {days} 天，不能撤回。个别更正请在党员的时间线上办理。")


@transaction.atomic
def close(appraisal: Appraisal, *, by: User, on: date) -> list[str]:
    """A line on the timeline of everybody who took part; names of those who left the register and have none.

    Raises NotRunning, NotYet, and what an event refuses.
    """
    now = locked(appraisal)
    if step_of(now) != "closing":
        raise NotYet(before=_now("先公布评定结果。"))
    grades = {one.member: one.grade for one in now.outcome}
    here = Member.objects.present().filter(pk__in=[one.member for one in now.participants])
    members = {row.pk: row for row in here.filter(category__in=Member.MEMBERS)}
    gone = [one.name for one in now.participants if one.member not in members]
    basis = _now("{year}年度民主评议").format(year=now.year)
    happen_many(
        [
            Happening(
                members[one.member],
                Event.Kind.APPRAISED,
                now.announced_on or on,
                basis,
                now.unit,
                {"year": now.year, "grade": grades.get(one.member, Told.UNGRADED.value), "appraisal": now.pk},
            )
            for one in now.participants
            if one.member in members
        ],
        by=by,
    )
    now.state, now.closed_on = Appraisal.State.DONE, on
    now.remark = _now("已离开名册，没有写入时间线：{names}").format(names="、".join(gone))[:NOTE] if gone else ""
    now.save(update_fields=["state", "closed_on", "remark", "updated_at"])
    audit.record("appraisal.closed", of=now, by=by, details={"written": len(members), "gone": len(gone)})
    return gone


@transaction.atomic
def undo_last(appraisal: Appraisal, *, reason: str, by: User, on: date) -> str:
    """The newest of closing (for `UNDO_DAYS`), announcement, grades, ballot, meeting; says which it was.

    Raises NotRunning, NothingToUndo, TooLateToUndo.
    """
    now = Appraisal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=appraisal.pk)
    if now.state == Appraisal.State.CANCELLED:
        raise NotRunning(state=now.get_state_display())
    what = last_step(now)
    if not what:
        raise NothingToUndo
    if what == "closing":
        _reopen(now, reason=reason, by=by, on=on)
    else:
        for name, value in _CLEARED[what].items():
            setattr(now, name, value)
        now.save(update_fields=[*_CLEARED[what], "updated_at"])
    audit.record("appraisal.undone", of=now, by=by, details={"step": what, "reason": reason.strip()})
    return what


def last_step(appraisal: Appraisal) -> str:
    """What `undo_last` would take back; empty for nothing."""
    if appraisal.state == Appraisal.State.DONE:
        return "closing"
    done = {
        "announcement": appraisal.announced_on,
        "verdicts": appraisal.verdicts,
        "ballot": appraisal.ballot,
        "box": appraisal.box,
        "mutual": appraisal.mutual_on,
    }
    return next((step for step, there in done.items() if there), "")


def may_reopen(appraisal: Appraisal, on: date) -> bool:
    return appraisal.closed_on is not None and on <= appraisal.closed_on + timedelta(days=UNDO_DAYS)


@transaction.atomic
def cancel(appraisal: Appraisal, *, reason: str, by: User, on: date) -> None:
    """Nothing of it holds; the case stays to be read. Raises NotRunning."""
    now = locked(appraisal)
    now.state, now.closed_on, now.remark = Appraisal.State.CANCELLED, on, reason.strip()
    now.save(update_fields=["state", "closed_on", "remark", "updated_at"])
    audit.record("appraisal.cancelled", of=now, by=by, details={"reason": reason.strip()})


def _reopen(now: Appraisal, *, reason: str, by: User, on: date) -> None:
    """The lines on the timelines are crossed out."""
    if not may_reopen(now, on):
        raise TooLateToUndo(days=UNDO_DAYS)
    told = Event.objects.standing().filter(kind=Event.Kind.APPRAISED, details__appraisal=now.pk)
    for event in told.select_related("member").order_by("member", "pk"):
        void(event, by=by, reason=reason)
    now.state, now.closed_on, now.remark = Appraisal.State.RUNNING, None, ""
    now.save(update_fields=["state", "closed_on", "remark", "updated_at"])
