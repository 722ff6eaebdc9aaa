"""The plan of a development case: every step as it stands on a day, by when, from when, and why."""

from collections.abc import Iterable, Iterator
from datetime import date

from rules.admission_steps import AdmissionStage
from rules.cases.case import Case, case_of
from rules.cases.drafts import Draft, drafts_of
from rules.cases.events import Done
from rules.cases.judging import remarks_on
from rules.cases.nodes import Node, NodeState
from rules.cases.remarks import Remark, RemarkKind
from rules.local.additions import Addition
from rules.rulebook import Rulebook
from rules.workdays import OFFICIAL, WorkCalendar


def case_plan(
    events: Iterable[Done],
    on: date,
    book: Rulebook | None = None,
    *,
    opened_on: date | None = None,
    additions: Iterable[Addition] = (),
    calendar: WorkCalendar = OFFICIAL,
    born: date | None = None,
    is_special: bool = False,
    ended_on: date | None = None,
) -> list[Node]:
    """Every step of the case as it stands on `on`, in the order of the chart.

    The text is that of `opened_on`, or of the day of application; events after `on` are not known yet. `additions` are
    the workspace's own and count where they held on that opening day. `is_special` lengthens the time for approval;
    `ended_on` says that the case was given up. Raises UnknownStep and ImpossibleEvent.
    """
    case = case_of(
        events,
        on,
        book,
        opened_on=opened_on,
        additions=additions,
        calendar=calendar,
        born=born,
        is_special=is_special,
        ended_on=ended_on,
    )
    drafts = drafts_of(case)
    has_stopped = any(draft.has_failed for draft in drafts) or (ended_on is not None and ended_on <= on)
    return [_node(case, draft, drafts, has_stopped=has_stopped) for draft in drafts]


def judge(
    event: Done,
    events: Iterable[Done],
    on: date,
    book: Rulebook | None = None,
    *,
    opened_on: date | None = None,
    additions: Iterable[Addition] = (),
    calendar: WorkCalendar = OFFICIAL,
    born: date | None = None,
    is_special: bool = False,
) -> tuple[Remark, ...]:
    """What is odd about an event that somebody is about to record beside the others; empty when nothing is."""
    if event.on is not None and event.on > on:
        return (Remark(RemarkKind.FUTURE),)
    case = case_of(
        [*events, event],
        on,
        book,
        opened_on=opened_on,
        additions=additions,
        calendar=calendar,
        born=born,
        is_special=is_special,
        ended_on=None,
    )
    drafts = drafts_of(case)
    return next((remarks_on(case, draft, drafts) for draft in drafts if draft.event is event), ())


def stage_of(plan: Iterable[Node]) -> AdmissionStage:
    """The stage the case has reached: that of the first national step not done, the last one when all are."""
    undone = (node.step.stage for node in plan if node.state is not NodeState.DONE and not node.step.basis)
    return next(undone, AdmissionStage.CONVERSION)


def _node(case: Case, draft: Draft, drafts: list[Draft], *, has_stopped: bool) -> Node:
    waits = () if draft.is_done else tuple(other.key for other in _missing(case, draft, drafts))
    limit = draft.due or draft.opens
    cited = case.clocks.rule(draft.step.rule_code) if draft.step.rule_code else None
    return Node(
        key=draft.key,
        step=draft.step,
        state=_state(case, draft, waits, has_stopped=has_stopped),
        done_on=draft.done_on,
        outcome=draft.event.outcome if draft.event else None,
        opens_on=draft.opens.day if draft.opens else None,
        due_on=draft.due.day if draft.due else None,
        why=limit.rule if limit and limit.rule else cited,
        basis=(limit.basis if limit else "") or draft.step.basis,
        is_provisional=any(at.is_provisional for at in (draft.due, draft.opens) if at),
        waits_for=waits,
        remarks=remarks_on(case, draft, drafts),
    )


def _state(case: Case, draft: Draft, waits: tuple[str, ...], *, has_stopped: bool) -> NodeState:
    if draft.is_done:
        return NodeState.DONE
    if has_stopped:
        return NodeState.BLOCKED
    is_posted = bool(draft.step.part_of and draft.event)
    if draft.due and case.on > draft.due.day and not is_posted:
        return NodeState.OVERDUE
    if waits or is_posted or (draft.opens and case.on < draft.opens.day):
        return NodeState.WAITING
    return NodeState.DUE


def _missing(case: Case, draft: Draft, drafts: list[Draft]) -> Iterator[Draft]:
    """The lines that come first and are not done."""
    for other in drafts:
        if other is draft or other.is_done or not _comes_first(other, draft):
            continue
        if other.step.repeats and other.due and other.due.day > case.on:
            continue  # an examination that is not due yet holds nothing up
        yield other


def _comes_first(other: Draft, draft: Draft) -> bool:
    if other.step.before == draft.step.code:
        return True
    if draft.turn == 2 and draft.step.code == "conversion_meeting" and other.step.code == "conversion_approval":
        return other.turn == 1
    if other.step.code not in draft.step.after:
        return False
    return not (other.step.again and draft.step.again) or other.turn == draft.turn
