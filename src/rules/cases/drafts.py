"""The lines of a case before anybody has said how they stand: which steps, how often, and what was done of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.admission_steps import AdmissionStep, Clock
from rules.cases.case import Case, Limit
from rules.cases.events import Done, Outcome
from rules.rule import Rule
from rules.workdays import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    key: str
    step: AdmissionStep
    turn: int = 1
    event: Done | None = None
    done_on: date | None = None
    is_done: bool = False
    opens: Limit | None = None
    due: Limit | None = None

    @property
    def has_failed(self) -> bool:
        return self.event is not None and self.event.outcome is Outcome.FAILED


def drafts_of(case: Case) -> list[Draft]:
    """In the order of the chart; what is done again after an extension follows its first turn."""
    found: list[Draft] = []
    again: list[AdmissionStep] = []
    for step in case.steps:
        if again and not step.again and not step.basis:
            found += _second_turn(case, again)
            again = []
        if step.again:
            again.append(step)
        found += _checks(case, step, step.repeats) if step.repeats else [_draft(case, step)]
    return found


def _second_turn(case: Case, again: list[AdmissionStep]) -> list[Draft]:
    return [_draft(case, step, 2) for step in again] if case.history.extension else []


def _draft(case: Case, step: AdmissionStep, turn: int = 1) -> Draft:
    event = case.history.last(step.code, turn)
    due = case.due(step, turn)
    done_on = event.on if event else None
    is_done = event is not None and event.outcome is not Outcome.FAILED and is_enough(case, event)
    if step.part_of and is_done and due:
        # posted is not yet done: the notice has to stay up until its last day is over
        is_done, done_on = case.on > due.day, due.day
    if step.code == "probation" and event is None:
        # the meeting on conversion ends the time of probation, whether or not its record was kept as a step
        meeting = case.history.last("conversion_meeting", turn)
        is_done, done_on = meeting is not None, meeting.on if meeting else None
    return Draft(
        key=step.code if turn == 1 else f"{step.code}/{turn}",
        step=step,
        turn=turn,
        event=event,
        done_on=done_on if is_done else None,
        is_done=is_done,
        opens=case.opens(step, turn),
        due=due,
    )


def is_enough(case: Case, event: Done) -> bool:
    """Whether there were people enough and the training was long enough; what is not known is not held against it."""
    if event.step == "training":
        known = event.days is not None or event.hours is not None
        return not known or case.clocks.training_is_enough(days=event.days or 0, hours=event.hours or 0)
    needed = people_needed(case, event.step)
    return needed is None or event.people is None or event.people >= needed.fewest


@dataclass(frozen=True, slots=True)
class Needed:
    """How many people a step appoints."""

    fewest: int
    most: int
    rule: Rule


def people_needed(case: Case, step: str) -> Needed | None:
    if step == "contacts":
        rule = case.clocks.rule("admission.contacts")
        return Needed(rule.integer("minimum"), rule.integer("maximum"), rule)
    if step == "introducers":
        rule = case.clocks.rule("admission.introducers")
        return Needed(rule.integer("count"), rule.integer("count"), rule)
    return None


def _checks(case: Case, step: AdmissionStep, clock: Clock) -> list[Draft]:
    """Half-yearly examinations: all that fell due, and the next one while the case is still there."""
    start = case.history.day(clock.start)
    events = case.history.of(step.code)
    if start is None:
        last = events[-1] if events else None
        return [Draft(key=step.code, step=step, event=last, done_on=last.on if last else None, is_done=bool(events))]
    limits = list(_limits(case, clock, start))
    if not limits:
        last = events[-1] if events else None
        return [Draft(key=step.code, step=step, event=last, done_on=last.on if last else None, is_done=bool(events))]
    opened = [Limit(start, limits[0].rule), *(Limit(at.day + timedelta(days=1), at.rule) for at in limits[:-1])]
    done = _matched(events, [limit.day for limit in opened])
    return [
        Draft(
            key=step.code if place == 0 else f"{step.code}/{place + 1}",
            step=step,
            turn=place + 1,
            event=done.get(place),
            done_on=done[place].on if place in done else None,
            is_done=place in done,
            opens=opened[place],
            due=limit,
        )
        for place, limit in enumerate(limits)
    ]


def _limits(case: Case, clock: Clock, start: date) -> Iterator[Limit]:
    rule = case.clocks.rule(clock.rule_code)
    decided = case.history.day(clock.until)
    number = 0
    while True:
        number += 1
        day = add_months(start, rule.integer("months") * number)
        if decided and day > decided:
            return
        yield Limit(day, rule)
        if not decided and day > case.on:
            return


def _matched(events: list[Done], opened: list[date]) -> dict[int, Done]:
    """Each examination stands for the earliest open one whose time had begun: a late one repairs the past first."""
    done: dict[int, Done] = {}
    for event in events:
        begun = (place for place, day in enumerate(opened) if event.on is None or event.on >= day)
        if (place := next((place for place in begun if place not in done), None)) is not None:
            done[place] = event
    return done
