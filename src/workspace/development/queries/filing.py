"""The file of a case as plain values: for JSON and the API."""

from typing import Any

from rules import Node
from workspace.development.models import Step
from workspace.development.queries.plans import Plan
from workspace.development.wording import remark, said


def file_of(plan: Plan) -> dict[str, Any]:
    """Everything on record of the case, and how each step stands."""
    case = plan.case
    return {
        "case": case.pk,
        "member": {"id": case.member_id, "name": case.member.name, "unit": case.unit.name},
        "opened_on": case.opened_on,
        "state": case.state,
        "ended_on": case.ended_on,
        "ending": case.ending,
        "is_special": case.is_special,
        "stage": plan.stage.value,
        "materials": case.materials,
        "steps": [node_of(node) for node in plan.nodes],
        "records": [record_of(row) for row in plan.rows],
    }


def node_of(node: Node) -> dict[str, Any]:
    """A line of the plan."""
    return {
        "key": node.key,
        "code": node.step.code,
        "number": node.step.number,
        "stage": node.step.stage.value,
        "label": said(node.step),
        "actor": node.step.actor.value,
        "state": node.state.value,
        "done_on": node.done_on,
        "outcome": node.outcome.value if node.outcome else None,
        "opens_on": node.opens_on,
        "due_on": node.due_on,
        "rule": node.why.key if node.why else "",
        "citation": node.citation,
        "verification": node.why.verification.value if node.why else "",
        "is_provisional": node.is_provisional,
        "waits_for": list(node.waits_for),
        "remarks": [remark(one) for one in node.remarks],
    }


def record_of(row: Step) -> dict[str, Any]:
    """One time a step was done."""
    return {
        "code": row.code,
        "on": row.on,
        "outcome": row.outcome,
        "basis": row.basis,
        "details": row.details,
        "recorded_at": row.at,
    }
