"""Open the appraisal of a branch for a year, and change what is planned before the meeting."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import rules
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.appraisal import messages
from workspace.appraisal.actions.locking import locked
from workspace.appraisal.models import Appraisal
from workspace.appraisal.queries.people import people_of
from workspace.audit import actions as audit
from workspace.organization.models import Unit

EARLIEST = 2000  # before it nothing was kept here
RULE = "appraisal.excellent_cap"


class HeldAlready(Refusal):
    message = _("{unit}{year}年度的民主评议已经有了，请接着办理，或先取消它。")


class UnitIsClosed(Refusal):
    message = _("{unit}已撤销，不能开展民主评议。")


class AppraisesNobody(Refusal):
    message = _("{unit}是{type}，民主评议以党支部为单位开展；临时党支部的党员回原支部参加。")


class YearOutOfRange(Refusal):
    message = _("年度须在 {least} 至 {most} 之间。")
    status = 400


class CutoffInTheFuture(Refusal):
    message = _("统计截止日不能在将来：名单按这一天的党员登记确定。")
    status = 400


class NobodyToAppraise(Refusal):
    message = _("{unit}在 {day} 没有党员，请先核对名册。")


class MeetingHeld(Refusal):
    message = _("会议已于 {day} 召开，安排不能再改。开错了的，请先撤回上一步。")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`cutoff_on` is the day whose register says who takes part and how (统计截止日)."""

    cutoff_on: date
    planned_on: date


@transaction.atomic
def open_appraisal(unit: Unit, year: int, plan: Plan, *, by: User, on: date) -> Appraisal:
    """Raises UnitIsClosed, AppraisesNobody, YearOutOfRange, CutoffInTheFuture, NobodyToAppraise, HeldAlready."""
    if not unit.is_open:
        raise UnitIsClosed(unit=unit)
    if not unit.is_branch or unit.is_temporary:
        raise AppraisesNobody(unit=unit, type=unit.get_type_display())
    if not EARLIEST <= year <= on.year:
        raise YearOutOfRange(least=EARLIEST, most=on.year)
    if plan.cutoff_on > on:
        raise CutoffInTheFuture
    people = people_of(unit, on=plan.cutoff_on)
    if not people:
        raise NobodyToAppraise(unit=unit, day=plan.cutoff_on)
    row = Appraisal(
        unit=unit,
        year=year,
        cutoff_on=plan.cutoff_on,
        planned_on=plan.planned_on,
        rule_key=rules.rulebook().get(RULE).key,
        people=[one.stored() for one in people],
        opened_by=by,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise HeldAlready(unit=unit, year=year) from error
    details = {"year": year, "people": len(people), "graded": len(row.graded), "unit": str(unit)}
    audit.record("appraisal.opened", of=row, by=by, details=details)
    title = _now("{year}年度民主评议：请写自评").format(year=year)
    body = _now("{unit}的会议定在 {day}。可以在手机上写自评，也可以交纸质的。").format(unit=unit, day=plan.planned_on)
    messages.tell(row, row.participants, title, body, but=by)
    return row


@transaction.atomic
def change_plan(appraisal: Appraisal, plan: Plan, *, by: User, on: date, seen: datetime | None = None) -> list[str]:
    """Before the meeting; the names of what changed. Another cut-off day draws up the list anew, and keeps what people
    decided about somebody.

    Raises NotRunning, ChangedMeanwhile, MeetingHeld, CutoffInTheFuture, NobodyToAppraise.
    """
    now = locked(appraisal, seen=seen)
    if now.mutual_on:
        raise MeetingHeld(day=now.mutual_on)
    if plan.cutoff_on > on:
        raise CutoffInTheFuture
    values = {"cutoff_on": plan.cutoff_on, "planned_on": plan.planned_on}
    changed = [name for name, value in values.items() if getattr(now, name) != value]
    if not changed:
        return []
    details = {name: [getattr(now, name).isoformat(), values[name].isoformat()] for name in changed}
    if "cutoff_on" in changed:
        people = people_of(now.unit, on=plan.cutoff_on, kept=now.persons)
        if not people:
            raise NobodyToAppraise(unit=now.unit, day=plan.cutoff_on)
        now.people = [one.stored() for one in people]
    now.cutoff_on, now.planned_on = plan.cutoff_on, plan.planned_on
    now.save(update_fields=["cutoff_on", "planned_on", "people", "updated_at"])
    audit.record("appraisal.changed", of=now, by=by, details={"changed": details})
    return changed
