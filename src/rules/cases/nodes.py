"""One line of the plan of a case."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.admission_steps import AdmissionStep
from rules.cases.events import Outcome
from rules.cases.remarks import Remark
from rules.rule import Rule


class NodeState(StrEnum):
    """done · due: somebody can act now · overdue: the day has passed · waiting: something else comes first ·
    blocked: the case has stopped."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    WAITING = "waiting"
    BLOCKED = "blocked"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def label_en(self) -> str:
        return _LABELS[self][1]


_LABELS = {
    NodeState.DONE: ("已完成", "Done"),
    NodeState.DUE: ("可办理", "To do"),
    NodeState.OVERDUE: ("已逾期", "Overdue"),
    NodeState.WAITING: ("待前一步", "Waiting"),
    NodeState.BLOCKED: ("已停止", "Stopped"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A step of one case as it stands on one day.

    `key` names it within the case: the code of the step, with /2, /3 where the step is done again. `opens_on` is the
    first day it may be done, `due_on` the last; either may be None where no rule sets one. `why` is the rule of the
    clock, or of the step where there is no clock; None only for a step of the workspace's own, whose document is
    `basis`. `is_provisional` says that a day may move once the holidays of its year are known. `waits_for` holds keys.
    """

    key: str
    step: AdmissionStep
    state: NodeState
    done_on: date | None = None
    outcome: Outcome | None = None
    opens_on: date | None = None
    due_on: date | None = None
    why: Rule | None = None
    basis: str = ""
    is_provisional: bool = False
    waits_for: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def citation(self) -> str:
        """Where it is written: document and article, and the workspace's own document where that is stricter."""
        return "；".join(text for text in (self.why.citation if self.why else "", self.basis) if text)

    @property
    def badge(self) -> str:
        """「待核实」 where the rule still has to be checked."""
        return self.why.badge if self.why else ""
