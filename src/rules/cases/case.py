"""One case on one day, and the limits its text sets: from when and by when each step is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules.admission import AdmissionClocks
from rules.admission_steps import CASE_STEPS, AdmissionStep, Clock
from rules.cases.events import Done, History, ImpossibleEvent, Outcome, UnknownStep
from rules.local.additions import Addition, LocalDeadline, LocalStep
from rules.local.applying import steps_with, tightened
from rules.rule import Rule
from rules.rulebook import Rulebook, rulebook
from rules.workdays import WorkCalendar, add_months

_NATIONAL = {step.code: step for step in CASE_STEPS}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """A first or last day, and what sets it: a rule, or the workspace's own document."""

    day: date
    rule: Rule | None = None
    basis: str = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`clocks` know the text the case was opened under; `steps` are those of that text and of the workspace."""

    history: History
    on: date
    clocks: AdmissionClocks
    steps: tuple[AdmissionStep, ...]
    additions: tuple[Addition, ...]
    calendar: WorkCalendar
    born: date | None
    is_special: bool
    ended_on: date | None

    def due(self, step: AdmissionStep, turn: int = 1) -> Limit | None:
        """The last day in time: of the national clock and the local ones the earliest, never before `opens`."""
        found = [*self._local(step, turn)]
        if national := self._counted(step.due, turn):
            found.append(national)
        if not found:
            return None
        soonest = min(found, key=lambda limit: limit.day)
        opens = self.opens(step, turn)
        return replace(soonest, day=opens.day) if opens and opens.day > soonest.day else soonest

    def opens(self, step: AdmissionStep, turn: int = 1) -> Limit | None:
        """The first day the step may be done."""
        found = self._counted(step.opens, turn)
        posted = self.history.last("public_notice") if step.code == "decide_object" else None
        notice = self.notice_ends(posted.on) if posted and posted.on else None
        if notice and (found is None or notice.day + _DAY > found.day):
            return replace(notice, day=notice.day + _DAY)
        return found

    def notice_ends(self, posted_on: date) -> Limit | None:
        deadline = self.clocks.notice_ends(posted_on, calendar=self.calendar)
        return Limit(deadline.day, deadline.rule, deadline.rule.local, deadline.is_provisional) if deadline else None

    def probation_ends(self, turn: int = 1) -> Limit | None:
        """Counted from the general meeting; after an extension, from the first end on."""
        admitted = self.history.day("general_meeting")
        if admitted is None:
            return None
        ends = self.clocks.probation_ends(admitted)
        extended = self.history.extension
        if turn == 1 or extended is None or extended.months is None:
            return Limit(ends.day, ends.rule)
        return Limit(add_months(ends.day, extended.months), self.clocks.rule("admission.extension"))

    def _counted(self, clock: Clock | None, turn: int) -> Limit | None:
        if clock is None:
            return None
        if clock.rule_code == "admission.probation":
            return self.probation_ends(turn)
        code = clock.special if self.is_special and clock.special else clock.rule_code
        start = self.history.day(clock.start, turn if _NATIONAL[clock.start].again else 1)
        if start is None or not self.clocks.asks_for(code):
            return None
        rule = self.clocks.rule(code)
        if "working_days" in rule.parameters:
            return self.notice_ends(start)
        return Limit(add_months(start, rule.integer("months")), rule)

    def _local(self, step: AdmissionStep, turn: int) -> Iterable[Limit]:
        for addition in self.additions:
            if isinstance(addition, LocalStep):
                is_meant = addition.code == step.code
            elif isinstance(addition, LocalDeadline):
                is_meant = addition.step == step.code
            else:
                continue
            begun = _NATIONAL.get(addition.after)
            start = self.history.day(addition.after, turn if begun and begun.again else 1)
            if is_meant and start and addition.within:
                day, is_provisional = addition.within.after(start, calendar=self.calendar)
                yield Limit(day, None, addition.basis, is_provisional)


def case_of(
    events: Iterable[Done],
    on: date,
    book: Rulebook | None,
    *,
    opened_on: date | None,
    additions: Iterable[Addition],
    calendar: WorkCalendar,
    born: date | None,
    is_special: bool,
    ended_on: date | None,
) -> Case:
    """Put a case together; raises UnknownStep and ImpossibleEvent."""
    given, added = list(events), list(additions)
    _refuse_impossible(given, added)
    history = History.known(given, on=on)
    first = history.day("apply") or min((event.on for event in history.events if event.on), default=on)
    clocks = AdmissionClocks(opened_on or first, tightened(book or rulebook(), added))
    held = tuple(addition for addition in added if addition.holds(clocks.opened_on))
    known = [step for step in steps_with(held, on=clocks.opened_on) if not step.part_of or _is_asked_for(step, clocks)]
    return Case(
        history=history,
        on=on,
        clocks=clocks,
        steps=tuple(known),
        additions=held,
        calendar=calendar,
        born=born,
        is_special=is_special,
        ended_on=ended_on,
    )


def _is_asked_for(step: AdmissionStep, clocks: AdmissionClocks) -> bool:
    """Public notice is a step only under a text that knows it."""
    return clocks.asks_for(step.rule_code)


def _refuse_impossible(events: Iterable[Done], additions: Iterable[Addition]) -> None:
    own = {addition.code for addition in additions if isinstance(addition, LocalStep)}
    for event in events:
        if event.step not in _NATIONAL and event.step not in own:
            raise UnknownStep(f"no step has the code {event.step!r}")
        may_fail = event.step in own or _NATIONAL[event.step].may_fail
        if event.outcome is Outcome.FAILED and not may_fail:
            raise ImpossibleEvent(f"{event.step} has no outcome")
