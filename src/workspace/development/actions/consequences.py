"""What follows from a step: the person's standing in the Party, and the end of the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules import Outcome
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.development.actions.standing import stand
from workspace.development.models import Case, Step
from workspace.development.queries.plans import Plan, plan_of

_BECOMES = {"recommend": "activist", "decide_object": "development_object"}


@dataclass(frozen=True)
class Change:
    """The person became something; `on` is the day it counts from."""

    kind: str
    on: date | None
    months: int | None = None


def follow(case: Case, before: Plan, row: Step, *, by: User, today: date) -> None:
    """Carry out what the step that was just recorded means. `before` is the plan without it."""
    plan = plan_of(case, on=today)
    if change := change_of(plan, row):
        basis = row.basis or str(_basis_of(before, row))
        stand(case, change.kind, on=change.on or today, basis=basis, by=by, months=change.months)
        if change.kind == "cancelled":
            _end(case, Case.State.CANCELLED, row.on or today, by=by)
    if row.code == "archive":
        _end(case, Case.State.DONE, row.on or today, by=by)


def change_of(plan: Plan, row: Step) -> Change | None:
    """What a step makes of the person; None for most steps.

    Membership dates from the general meeting, though it takes the approval above to count; a conversion counts from the
    end of probation, an extension or cancellation from the meeting that decided it.
    """
    if row.outcome == Outcome.FAILED:
        return None
    if row.code in _BECOMES:
        return Change(_BECOMES[row.code], row.on)
    if row.code == "approval":
        return Change("admitted", plan.day_of("general_meeting"))
    if row.code == "conversion_approval":
        return _of_conversion(plan)
    return None


def _of_conversion(plan: Plan) -> Change | None:
    meetings = [row for row in plan.rows if row.code == "conversion_meeting"]
    if not meetings:
        return None
    decided = meetings[-1]
    if decided.outcome == Outcome.EXTENDED:
        return Change("extended", decided.on, decided.told.months)
    if decided.outcome == Outcome.CANCELLED:
        return Change("cancelled", decided.on)
    return Change("converted", plan.probation_ends() or decided.on)


def changes(plan: Plan) -> Iterable[Change]:
    """Every change of standing that the recorded steps amount to, in order."""
    for row in plan.rows:
        seen = Plan(plan.case, plan.on, plan.rows[: plan.rows.index(row) + 1], plan.nodes)
        if change := change_of(seen, row):
            yield change


def _basis_of(before: Plan, row: Step) -> str:
    node = before.open_node(row.code)
    return node.step.label if node else row.code


def _end(case: Case, state: Case.State, on: date, *, by: User) -> None:
    case.state, case.ended_on = state, on
    case.save(update_fields=["state", "ended_on"])
    audit.record("development.ended", of=case, by=by, details={"state": state.value, "on": on.isoformat()})
