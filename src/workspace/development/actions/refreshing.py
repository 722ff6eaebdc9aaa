"""What lists read of a case without planning it: its stage, what comes first, by when, and whether it waits above."""

from datetime import date

from workspace.development.models import Case
from workspace.development.queries.above import committee_above
from workspace.development.queries.plans import Plan, plan_of

_KEPT = ("stage", "next_step", "next_due", "asks_above")


def refresh(case: Case, *, on: date) -> Plan:
    """Plan the case again and keep what lists need; saves only what changed."""
    plan = plan_of(case, on=on)
    before = [getattr(case, name) for name in _KEPT]
    first = plan.first if case.is_open else None
    case.stage = plan.stage.value
    case.next_step = first.step.code if first else ""
    case.next_due = first.due_on if first else None
    case.asks_above = bool(case.is_open and plan.asked_above and committee_above(case.unit))
    if before != [getattr(case, name) for name in _KEPT]:
        case.save(update_fields=_KEPT)
    return plan
