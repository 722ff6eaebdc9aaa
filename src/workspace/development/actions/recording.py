"""Record that a step was done, as the rules allow."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rules import Node, NodeState, Outcome, Severity
from rules.cases import ImpossibleEvent
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.development.actions.balloting import outcome_of_ballot
from workspace.development.actions.consequences import follow
from workspace.development.actions.refreshing import refresh
from workspace.development.actions.telling import answer_branch, ask_above
from workspace.development.models import Case, Step
from workspace.development.models.details import Details
from workspace.development.queries.above import committee_above, is_decided_above
from workspace.development.queries.plans import Plan, plan_of
from workspace.development.queries.visibility import refuse_unless_decides, refuse_unless_handles
from workspace.development.wording import remark, said


class NotOpen(Refusal):
    message = _("{case}的发展档案{state}，不能再登记。")


class NoSuchStep(Refusal):
    message = _("这份档案没有这一步，或者这一步已经登记过。需要更正请先撤回最后一步。")


class NotYet(Refusal):
    message = _("还不能登记“{step}”：先要完成{missing}。")


class TooEarly(Refusal):
    message = _("还不能登记“{step}”：{day}起才可以办理（{why}）。")


class NoticeIsUp(Refusal):
    message = _("正在公示，公示期到{day}为止，期满后自动进入下一步。")


class HeldUp(Refusal):
    message = _("“{step}”没有通过，发展工作停在这一步；重新办理通过后才能继续。")


class AgainstTheRules(Refusal):
    message = _("不能登记“{step}”：{why}")
    status = 400


class OutcomeImpossible(Refusal):
    message = _("“{step}”没有这种结论，请重新选择；延长预备期要写明几个月。")
    status = 400


class BasisMissing(Refusal):
    message = _("请填写依据：会议名称和日期，或文件号。没有通过的，请写明原因。")
    status = 400


@transaction.atomic
def record_step(
    case: Case,
    code: str,
    *,
    on: date,
    outcome: Outcome = Outcome.PASSED,
    basis: str = "",
    details: Details | None = None,
    by: User,
    today: date,
) -> Step:
    """Put a step on record. What a ballot decides overrides `outcome` where it was not carried.

    Raises NotOpen, NoSuchStep, NotYet, TooEarly, NoticeIsUp, HeldUp, AgainstTheRules, BasisMissing, the refusals of
    `balloting`, and what refuses the person who asks.
    """
    now = Case.objects.select_for_update(of=("self",)).select_related("member__unit").get(pk=case.pk)
    _refuse_closed(now)
    plan = plan_of(now, on=today)
    node = plan.open_node(code)
    if node is None:
        raise NoSuchStep
    above = is_decided_above(code, plan.clocks)
    if above:
        refuse_unless_decides(now, by)
    else:
        refuse_unless_handles(now, by)
    refuse_waiting(plan, node, on=on)
    told = details or Details()
    outcome = outcome_of_ballot(node, told, outcome, on=on, opened_on=now.opened_on)
    if not basis.strip() and (above or outcome is not Outcome.PASSED):
        raise BasisMissing
    row = Step(case=now, code=code, on=on, outcome=outcome.value, basis=basis.strip(), details=told.as_plain(), by=by)
    refuse_against_rules(plan, node, row)
    row.save()
    said_so = {"step": code, "on": on.isoformat(), "outcome": outcome.value, "basis": row.basis}
    audit.record("development.step_recorded", of=now, by=by, details=said_so)
    asked = {line.key for line in plan.asked_above}
    follow(now, plan, row, by=by, today=today)
    after = refresh(now, on=today)
    _tell(now, after, node, row, asked, above=above)
    return row


def refuse_waiting(plan: Plan, node: Node, *, on: date) -> None:
    """Whether something still came first on the day it was done."""
    if node.outcome is Outcome.FAILED:
        return  # the step itself is tried again
    if node.state is NodeState.BLOCKED and plan.failed:
        raise HeldUp(step=said(plan.failed[0].step))
    if node.step.part_of and node.outcome is not None:
        raise NoticeIsUp(day=node.due_on)
    if waits := plan.waits_for(node, on=on):
        missing = "、".join(f"“{said(line.step)}”" for line in waits)
        raise NotYet(step=said(node.step), missing=missing)
    if node.opens_on and plan.on < node.opens_on:
        raise TooEarly(step=said(node.step), day=node.opens_on, why=node.citation)


def refuse_against_rules(plan: Plan, node: Node, row: Step) -> None:
    """What the rules call an error; lateness is noted and shown, it cannot be made good."""
    try:
        judged = plan.judge(row.done)
    except ImpossibleEvent as error:
        raise OutcomeImpossible(step=said(node.step)) from error
    found = [one for one in judged if one.severity is Severity.ERROR and one.kind != "failed"]
    if found:
        raise AgainstTheRules(step=said(node.step), why=" ".join(remark(one) for one in found))


def _refuse_closed(case: Case) -> None:
    if not case.is_open:
        raise NotOpen(case=case, state=case.get_state_display())


def _tell(case: Case, after: Plan, node: Node, row: Step, asked: set[str], *, above: bool) -> None:
    """The level above hears what it is newly asked, the branch what was decided there."""
    if above and committee_above(case.unit):
        what = _("{name}：{step}{outcome}").format(
            name=case.member.name, step=said(node.step), outcome=said(Outcome(row.outcome))
        )
        answer_branch(case, title=str(what), body=row.basis)
    newly = [line for line in after.asked_above if line.key not in asked]
    if newly and case.is_open:
        ask_above(case, newly)
