"""One development case (发展党员): what has happened, and what follows from it by when and why."""

from rules.cases.events import Done, ImpossibleEvent, Outcome, UnknownStep
from rules.cases.nodes import Node, NodeState
from rules.cases.plan import case_plan, judge, stage_of
from rules.cases.remarks import Remark, RemarkKind

__all__ = [
    "Done",
    "ImpossibleEvent",
    "Node",
    "NodeState",
    "Outcome",
    "Remark",
    "RemarkKind",
    "UnknownStep",
    "case_plan",
    "judge",
    "stage_of",
]
