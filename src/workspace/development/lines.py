"""A plan as its page shows it: each step in the reader's words, with what was recorded and what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from rules import AdmissionStage, Node, NodeState, Outcome, Severity, yes_needed
from workspace.accounts.models import User
from workspace.development.actions.papers import papers_of
from workspace.development.models import Step
from workspace.development.queries.above import committee_above, is_decided_above
from workspace.development.queries.plans import Plan
from workspace.development.queries.visibility import handles, may_decide
from workspace.development.wording import remark, said, summary

_LEVELS = {
    NodeState.DONE: "good",
    NodeState.DUE: "info",
    NodeState.OVERDUE: "late",
    NodeState.WAITING: "",
    NodeState.BLOCKED: "bad",
}


@dataclass(frozen=True)
class Record:
    """One time the step was done."""

    on: str
    outcome: str
    level: str
    told: list[str]
    by: str


@dataclass(frozen=True)
class Line:
    """One step. `may_act`: this reader records it now; `waits_above` names who decides where they do not."""

    node: Node
    label: str
    actor: str
    state: str
    level: str
    days: str
    due: date | None
    is_late: bool
    why: str
    citation: str
    badge: str
    rule_url: str
    remarks: list[tuple[str, str]]
    records: list[Record]
    waits: list[str]
    may_act: bool = False
    waits_above: str = ""
    may_date_back: bool = False

    @property
    def code(self) -> str:
        return self.node.step.code

    @property
    def papers(self) -> list[str]:
        return [said(paper) for paper in self.node.step.materials]

    @property
    def number(self) -> int:
        return self.node.step.number


@dataclass(frozen=True)
class Paper:
    code: str
    label: str
    step: str
    on: str
    place: str

    @property
    def is_there(self) -> bool:
        return bool(self.on)


def lines_of(plan: Plan, *, reader: User) -> list[Line]:
    """All steps in order. Two queries: who may act, and the committee above."""
    above = committee_above(plan.case.unit)
    may_handle = plan.case.is_open and handles(reader, plan.case)
    may_answer = plan.case.is_open and may_decide(reader, plan.case)
    open_keys = {node.key for node in (*plan.now, *plan.failed)}
    found = []
    for node in plan.nodes:
        is_above = is_decided_above(node.step.code, plan.clocks)
        can = node.key in open_keys and (may_answer if is_above else may_handle)
        asks = node.key in open_keys and is_above and above is not None
        line = _line(plan, node, may_act=can, waits_above=str(above) if asks and not can else "")
        back = plan.may_be_dated_back(node) and (may_answer if is_above else may_handle)
        found.append(replace(line, may_date_back=back))
    return found


def by_stage(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under the names of their stages."""
    rows = list(lines)
    return [(said(stage), [line for line in rows if line.node.step.stage is stage]) for stage in AdmissionStage]


def papers(plan: Plan) -> list[Paper]:
    """Every paper of the steps of this case, once."""
    there, seen = papers_of(plan.case), set()
    found = []
    for node in plan.nodes:
        for paper in node.step.materials:
            if paper.code not in seen:
                seen.add(paper.code)
                kept = there.get(paper.code, {})
                where = str(kept.get("place", ""))
                found.append(Paper(paper.code, said(paper), said(node.step), str(kept.get("on", "")), where))
    return found


def _line(plan: Plan, node: Node, *, may_act: bool, waits_above: str) -> Line:
    code = node.why.code if node.why else ""
    return Line(
        node=node,
        label=said(node.step),
        actor=said(node.step.actor),
        state=said(node.state),
        level=_LEVELS[node.state],
        days=_days(node, plan.on),
        due=node.due_on,
        is_late=node.state is NodeState.OVERDUE,
        why=summary(node.why) if node.why else "",
        citation=node.citation,
        badge=node.badge,
        rule_url=f"/rules/{code}/?on={plan.case.opened_on.isoformat()}" if code else "",
        remarks=[(remark(one), "late" if one.severity is Severity.ERROR else "") for one in node.remarks],
        records=[_record(row) for row in plan.rows_of(node)],
        waits=[said(line.step) for line in plan.waits_for(node)],
        may_act=may_act,
        waits_above=waits_above,
    )


def _days(node: Node, on: date) -> str:
    """How long until the last day, or since."""
    if node.state is NodeState.DONE or node.due_on is None:
        return ""
    left = (node.due_on - on).days
    if left < 0:
        return _("已超 {days} 天").format(days=-left)
    return _("今天到期") if left == 0 else _("还有 {days} 天").format(days=left)


def _record(row: Step) -> Record:
    outcome = Outcome(row.outcome)
    shown = "" if outcome is Outcome.PASSED else said(outcome)
    level = {Outcome.FAILED: "bad", Outcome.CANCELLED: "bad"}.get(outcome, "gold")
    by = row.by.name if row.by else ""
    return Record(row.on.isoformat() if row.on else _("日期未记"), shown, level, list(_told(row)), by)


def _told(row: Step) -> Iterable[str]:
    told = row.told
    if told.people:
        yield "、".join(person.name for person in told.people)
    if told.ballot:
        ballot = told.ballot
        counts = _("应到 {entitled} 人，实到 {present} 人，书面意见 {written} 份")
        votes = _("赞成 {yes} 票、反对 {no} 票、弃权 {abstain} 票（须 {needed} 票）")
        yield f"{counts}；{votes}".format(
            entitled=ballot.entitled,
            present=ballot.present,
            written=ballot.written,
            yes=ballot.yes,
            no=ballot.no,
            abstain=ballot.abstain,
            needed=yes_needed(ballot.entitled),
        )
    if told.months:
        yield _("延长 {months} 个月").format(months=told.months)
    if told.days:
        yield _("{days} 天").format(days=told.days)
    if told.hours:
        yield _("{hours} 学时").format(hours=told.hours)
    for text in (row.basis, told.place, told.phone, told.number, told.result, told.note):
        if text:
            yield text
