"""The branch settles on grades (评定等次) and makes them known (公布). A third is what the rule generally allows to be
excellent: more needs a reason, and nothing is changed by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.appraisal import messages
from workspace.appraisal.actions.locking import NotYet, locked
from workspace.appraisal.actions.meeting import MeetingInTheFuture
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import Ballot, Grade
from workspace.appraisal.models.verdicts import Decider, Verdict
from workspace.appraisal.queries.progress import cap_of, step_of
from workspace.audit import actions as audit


class NotAllGraded(Refusal):
    message = _("还没有评定等次的：{names}。")
    status = 400


class NotToBeGraded(Refusal):
    message = _("有人不评定等次，请核对：预备党员参加评议但不评定等次。")
    status = 400


class DiffersWithoutReason(Refusal):
    message = _("{names}的等次与测评中票数最多的等次不同，请写明理由。")
    status = 400


class TooManyExcellent(Refusal):
    message = _(
        "优秀 {excellent} 人，一般不超过参加评定的 {graded} 人的三分之一，即 {most} 人。确需多评的，请写明理由。"
    )


class DecidedBeforeTheBallot(Refusal):
    message = _("评定日期不能早于测评（{day}）。")
    status = 400


class AnnouncedBeforeTheVerdict(Refusal):
    message = _("公布日期不能早于评定（{day}）。")
    status = 400


@dataclass(frozen=True, kw_only=True)
class Settled:
    """`grades` and `reasons` by the member's key; `cap_reason` why more than a third are excellent."""

    by: str
    on: date
    grades: Mapping[int, str]
    reasons: Mapping[int, str]
    cap_reason: str = ""


@transaction.atomic
def grade(
    appraisal: Appraisal, settled: Settled, *, by: User, today: date, seen: datetime | None = None
) -> list[Verdict]:
    """May be changed until it is announced.

    Raises NotRunning, ChangedMeanwhile, NotYet, MeetingInTheFuture, DecidedBeforeTheBallot, NotAllGraded,
    NotToBeGraded, DiffersWithoutReason, TooManyExcellent.
    """
    now = locked(appraisal, seen=seen)
    ballot = now.counted
    if ballot is None or now.announced_on:
        raise NotYet(before=_now("先登记测评结果；公布之后不能再改等次，请先撤回公布。"))
    if settled.on > today:
        raise MeetingInTheFuture
    if settled.on < ballot.on:
        raise DecidedBeforeTheBallot(day=ballot.on)
    verdicts = _verdicts(now, ballot, settled)
    cap = cap_of(now, [one.grade for one in verdicts])
    if cap.over and not settled.cap_reason.strip():
        raise TooManyExcellent(excellent=cap.excellent, graded=cap.graded, most=cap.most)
    now.verdicts = [one.stored() for one in verdicts]
    now.decided_by, now.decided_on = Decider(settled.by).value, settled.on
    now.cap_reason = settled.cap_reason.strip() if cap.over else ""
    now.save(update_fields=["verdicts", "decided_by", "decided_on", "cap_reason", "updated_at"])
    details = {"grades": [[one.member, one.grade] for one in verdicts], "reason": now.cap_reason}
    audit.record("appraisal.graded", of=now, by=by, details=details)
    return verdicts


@transaction.atomic
def announce(appraisal: Appraisal, *, on: date, by: User, today: date, seen: datetime | None = None) -> Appraisal:
    """From now on each member reads their own grade, and what others wrote of them.

    Raises NotRunning, ChangedMeanwhile, NotYet, MeetingInTheFuture, AnnouncedBeforeTheVerdict.
    """
    now = locked(appraisal, seen=seen)
    if step_of(now) != "announcement" or now.decided_on is None:
        raise NotYet(before=_now("先评定等次；结果只公布一次。"))
    if on > today:
        raise MeetingInTheFuture
    if on < now.decided_on:
        raise AnnouncedBeforeTheVerdict(day=now.decided_on)
    now.announced_on = on
    now.save(update_fields=["announced_on", "updated_at"])
    audit.record("appraisal.announced", of=now, by=by, details={"on": on.isoformat()})
    title = _now("{year}年度民主评议结果已公布").format(year=now.year)
    messages.tell(now, now.participants, title, _now("可以查看自己的等次和同志们的意见。"), but=by)
    return now


def _verdicts(now: Appraisal, ballot: Ballot, settled: Settled) -> list[Verdict]:
    graded = now.graded
    if set(settled.grades) - {one.member for one in graded}:
        raise NotToBeGraded
    if missing := [one.name for one in graded if settled.grades.get(one.member) not in Grade.values]:
        raise NotAllGraded(names="、".join(missing))
    found, silent = [], []
    for one in graded:
        given, reason = settled.grades[one.member], settled.reasons.get(one.member, "").strip()
        if given not in ballot.leading(one.member) and not reason:
            silent.append(one.name)
        found.append(Verdict(member=one.member, grade=given, reason=reason))
    if silent:
        raise DiffersWithoutReason(names="、".join(silent))
    return found
