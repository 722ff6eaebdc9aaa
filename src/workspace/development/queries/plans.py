"""A case as it stands on a day: the rules' plan, with what was recorded beside each step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from rules import AdmissionClocks, AdmissionStage, Done, Node, NodeState, case_plan
from rules.cases import Remark, judge, stage_of
from workspace.development.models import Case, Step
from workspace.development.queries.above import is_decided_above

_ACTIVE = {NodeState.DUE, NodeState.OVERDUE}
SOON = timedelta(days=14)  # a day so near comes before what has none


@dataclass(frozen=True)
class Plan:
    """`nodes` in the order of the chart; `rows` as they were recorded."""

    case: Case
    on: date
    rows: list[Step]
    nodes: list[Node]

    @cached_property
    def now(self) -> list[Node]:
        """What somebody can do now: what is late or near, what has no day, and what has time."""
        able = [node for node in self.nodes if node.state in _ACTIVE and not node.waits_for and self._is_time(node)]
        # of the half-yearly examinations the earliest open one: the next record stands for it
        first: dict[str, Node] = {}
        for node in sorted(able, key=self._urgency):
            first.setdefault(node.step.code, node)
        return list(first.values())

    @cached_property
    def failed(self) -> list[Node]:
        """Steps that did not pass, which hold the case up until they do."""
        return [node for node in self.nodes if node.outcome == "failed" and node.state is NodeState.BLOCKED]

    @property
    def overdue(self) -> list[Node]:
        return [node for node in self.nodes if node.state is NodeState.OVERDUE]

    @property
    def stage(self) -> AdmissionStage:
        return stage_of(self.nodes)

    @property
    def clocks(self) -> AdmissionClocks:
        return AdmissionClocks(self.case.opened_on)

    @property
    def first(self) -> Node | None:
        """What to do first: what is overdue, even when something still comes before it, then what is due."""
        return next(iter([*sorted(self.overdue, key=self._urgency), *self.now]), None)

    @cached_property
    def asked_above(self) -> list[Node]:
        """What the level above can decide now."""
        return [node for node in self.now if is_decided_above(node.step.code, self.clocks)]

    @property
    def asked_below(self) -> list[Node]:
        """What the branch can do now."""
        return [node for node in self.now if node not in self.asked_above]

    @property
    def done(self) -> int:
        """Steps of the chart that are done, each counted once."""
        return len({n.step.code for n in self.nodes if n.state is NodeState.DONE and not n.step.part_of})

    def open_node(self, code: str) -> Node | None:
        """The line of the step that can be recorded next: the first not done, else none."""
        return next((n for n in self.nodes if n.step.code == code and n.state is not NodeState.DONE), None)

    def waits_for(self, node: Node, *, on: date | None = None) -> list[Node]:
        """What comes before it and is not done. An examination that fell due after `on` held up nothing on that day."""
        found = [line for line in self.nodes if line.key in node.waits_for]
        if on is None:
            return found
        return [line for line in found if not (line.step.repeats and line.due_on and line.due_on > on)]

    def may_be_dated_back(self, node: Node) -> bool:
        """Nothing but overdue examinations holds it up, so it may have been done before they fell due."""
        if not node.waits_for or node.outcome is not None or node.state is NodeState.BLOCKED:
            return False
        return not self.waits_for(node, on=date.min) and (node.opens_on is None or self.on >= node.opens_on)

    def rows_of(self, node: Node) -> list[Step]:
        """What was recorded of this line; rows of a step done several times go to the line of their day."""
        rows = [row for row in self.rows if row.code == node.step.code]
        lines = [line for line in self.nodes if line.step.code == node.step.code]
        if len(lines) == 1:
            return rows
        return [row for row in rows if _line_of(row, lines) is node]

    def day_of(self, code: str) -> date | None:
        """When the step was last done and passed."""
        days = [row.on for row in self.rows if row.code == code and row.outcome != "failed"]
        return days[-1] if days else None

    def probation_ends(self) -> date | None:
        """The end of probation, with an extension that was decided."""
        lines = [n for n in self.nodes if n.step.code == "probation" and n.due_on]
        return lines[-1].due_on if lines else None

    def _urgency(self, node: Node) -> tuple[int, date]:
        if node.due_on is None:
            return 1, self.on
        return (0 if node.due_on <= self.on + SOON else 2), node.due_on

    def _is_time(self, node: Node) -> bool:
        """A notice could be posted any day, but only makes sense when the decision it is for may follow."""
        if node.step.code != "public_notice":
            return True
        decision = next(line for line in self.nodes if line.step.code == node.step.part_of)
        return decision.opens_on is None or self.on >= decision.opens_on - SOON

    def judge(self, event: Done) -> tuple[Remark, ...]:
        """What the rules find odd about an event that is about to be recorded."""
        return judge(
            event,
            [row.done for row in self.rows],
            self.on,
            opened_on=self.case.opened_on,
            born=self.case.member.birth_date,
            is_special=self.case.is_special,
        )


def plan_of(case: Case, *, on: date) -> Plan:
    """One query for the steps, unless they were fetched with the case."""
    rows = sorted(case.steps.all(), key=lambda row: (row.on or date.min, row.pk))
    nodes = case_plan(
        [row.done for row in rows],
        on,
        opened_on=case.opened_on,
        born=case.member.birth_date,
        is_special=case.is_special,
        ended_on=case.ended_on if case.state == Case.State.STOPPED else None,
    )
    return Plan(case, on, rows, nodes)


def plans_of(cases: Iterable[Case], *, on: date) -> list[Plan]:
    return [plan_of(case, on=on) for case in cases]


def _line_of(row: Step, lines: list[Node]) -> Node:
    """The line done on the day of the row; where none is, the last that is not done, else the last."""
    same = [line for line in lines if line.done_on == row.on and line.state is NodeState.DONE]
    if same:
        return same[-1]
    undone = [line for line in lines if line.state is not NodeState.DONE]
    return undone[0] if undone else lines[-1]
