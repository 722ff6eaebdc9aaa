"""Whatever happens in a case, its plan is whole, cited and in order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules import CASE_STEPS, NothingLoaded
from rules.cases import Done, NodeState, Outcome, case_plan
from tests.rules.story import STORY

DONE, DUE, OVERDUE, WAITING, BLOCKED = NodeState

days = st.dates(date(2014, 1, 1), date(2032, 12, 31))
by_step = {step.code: step for step in CASE_STEPS}


@st.composite
def anything(draw) -> Done:
    """Any event a form could send, in any order and on any day."""
    step = draw(st.sampled_from(sorted(by_step)))
    outcomes = [Outcome.PASSED, *([Outcome.FAILED] if by_step[step].may_fail else [])]
    if step == "conversion_meeting":
        outcomes += [Outcome.EXTENDED, Outcome.CANCELLED]
    outcome = draw(st.sampled_from(outcomes))
    return Done(
        step=step,
        on=draw(st.none() | days),
        outcome=outcome,
        months=draw(st.integers(1, 15)) if outcome is Outcome.EXTENDED else None,
        people=draw(st.none() | st.integers(0, 4)),
        days=draw(st.none() | st.integers(0, 5)),
    )


stories = st.lists(anything(), max_size=30)


@given(stories, days)
def test_a_plan_is_always_whole_cited_and_in_order(events: list[Done], on: date):
    nodes = case_plan(events, on)
    numbers = [node.step.number for node in nodes if not node.key.endswith("/2") or node.step.repeats]
    assert set(numbers) == set(range(1, 26))
    keys = [node.key for node in nodes]
    assert len(keys) == len(set(keys))
    for node in nodes:
        assert node.citation
        assert set(node.waits_for) <= set(keys) - {node.key}
        if node.state is OVERDUE:
            assert node.due_on and node.due_on < on
        if node.state is DUE:
            assert not node.waits_for
            assert node.due_on is None or on <= node.due_on
            assert node.opens_on is None or node.opens_on <= on
        if node.state is DONE:
            assert node.done_on is None or node.done_on <= on
        if node.opens_on and node.due_on:
            assert node.opens_on <= node.due_on


@given(stories, days, st.integers(0, 800))
def test_overdue_stays_overdue_until_something_happens(events: list[Done], on: date, more: int):
    known = [event for event in events if event.on is None or event.on <= on]
    text = {"opened_on": date(2026, 6, 1)}
    earlier = {node.key for node in case_plan(known, on, **text) if node.state is OVERDUE}
    later = {node.key for node in case_plan(known, on + timedelta(days=more), **text) if node.state is OVERDUE}
    assert earlier <= later


@given(stories, days)
def test_the_order_in_which_events_are_given_does_not_matter(events: list[Done], on: date):
    dated = {event.on: event for event in events if event.on}
    alone = list(dated.values())  # one event a day: two on one day have an order of their own
    assert case_plan(alone, on) == case_plan(alone[::-1], on)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_story_moved_by_days_keeps_its_order_of_clocks(shift: int, look: int):
    moved = [Done(step=event.step, on=event.on + timedelta(days=shift)) for event in STORY if event.on]
    nodes = case_plan(moved, date(2028, 10, 20) + timedelta(days=look), calendar=NothingLoaded())
    clocks = {node.key: node.due_on for node in nodes if node.due_on}
    order = ["talk", "examine", "examine/2", "general_meeting", "approval", "probation"]
    assert [clocks[key] for key in order] == sorted(clocks[key] for key in order)
