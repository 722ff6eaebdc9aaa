"""Whether an obligation is met, and what rate follows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import (
    Event,
    EventKind,
    Finding,
    Obligation,
    State,
    Structure,
    Tally,
    UnitType,
    assess,
    obligations,
    satisfied_by,
    state,
    tally,
)

NEXT_YEAR = date(2027, 6, 1)


def owed(key: str, **shape) -> Obligation:
    structure = Structure(**{"unit_type": UnitType.BRANCH, "full_members": 6, **shape})
    return next(item for item in obligations(structure, 2026) if item.key == key)


def held(on: date, *kinds: EventKind, **details) -> Event:
    return Event(kinds=frozenset(kinds), on=on, **details)


THIRD_QUARTER = owed("branch.general_meeting/2026-Q3")
FOURTH_QUARTER = owed("branch.general_meeting/2026-Q4")
meeting = EventKind.GENERAL_MEETING


def test_one_party_day_with_a_lecture_and_a_vote_counts_three_times():
    day = held(date(2026, 9, 15), EventKind.PARTY_DAY, EventKind.LECTURE, EventKind.GENERAL_MEETING)
    year = obligations(Structure(unit_type=UnitType.BRANCH, full_members=6), 2026)
    assert {item.key for item in satisfied_by(day, year)} == {
        "branch.party_day/2026-09",
        "branch.lecture/2026",
        "branch.general_meeting/2026-Q3",
    }
    met = {item.key for item in year if state(item, [day], date(2026, 9, 30)) is State.MET}
    assert met == {"branch.party_day/2026-09", "branch.lecture/2026", "branch.general_meeting/2026-Q3"}


def test_nothing_held_is_upcoming_until_the_due_day_and_overdue_after_it():
    on_the_day = assess(THIRD_QUARTER, [], date(2026, 9, 30))
    after = assess(THIRD_QUARTER, [], date(2026, 10, 1))
    assert (on_the_day.state, on_the_day.is_upcoming, on_the_day.is_overdue) == (State.OPEN, True, False)
    assert (after.state, after.is_upcoming, after.is_overdue) == (State.OPEN, False, True)


def test_a_meeting_on_the_last_day_is_in_time():
    assert state(THIRD_QUARTER, [held(date(2026, 9, 30), meeting)], NEXT_YEAR) is State.MET


def test_a_meeting_after_the_quarter_belongs_to_the_next_one():
    october = held(date(2026, 10, 8), meeting)
    assert state(THIRD_QUARTER, [october], NEXT_YEAR) is State.OPEN
    assert state(FOURTH_QUARTER, [october], NEXT_YEAR) is State.MET


def test_a_meeting_that_makes_up_for_the_last_quarter_is_late_there_and_spent_here():
    october = held(date(2026, 10, 8), meeting, makes_up=frozenset({THIRD_QUARTER.key}))
    assert state(THIRD_QUARTER, [october], NEXT_YEAR) is State.LATE
    assert state(FOURTH_QUARTER, [october], NEXT_YEAR) is State.OPEN


def test_a_meeting_that_makes_up_still_counts_for_its_other_kinds():
    october = held(date(2026, 10, 8), meeting, EventKind.PARTY_DAY, makes_up=frozenset({THIRD_QUARTER.key}))
    assert state(owed("branch.party_day/2026-10"), [october], NEXT_YEAR) is State.MET


@pytest.mark.parametrize(("recorded_on", "expected"), [(date(2026, 10, 7), State.MET), (date(2026, 10, 8), State.LATE)])
def test_minutes_entered_more_than_a_week_after_the_due_day_are_late(recorded_on: date, expected: State):
    assert state(THIRD_QUARTER, [held(date(2026, 9, 20), meeting, recorded_on=recorded_on)], NEXT_YEAR) is expected


def test_what_is_planned_or_not_yet_recorded_is_not_known():
    planned = held(date(2026, 9, 20), meeting)
    unrecorded = held(date(2026, 7, 20), meeting, recorded_on=date(2026, 9, 20))
    assert state(THIRD_QUARTER, [planned, unrecorded], date(2026, 9, 19)) is State.OPEN
    assert state(THIRD_QUARTER, [planned], date(2026, 9, 20)) is State.MET


def test_an_exemption_outweighs_everything():
    assert state(THIRD_QUARTER, [], NEXT_YEAR, exempt=True) is State.EXEMPT
    assert state(THIRD_QUARTER, [held(date(2026, 9, 1), meeting)], NEXT_YEAR, exempt=True) is State.EXEMPT


def test_two_meetings_of_one_group_do_not_stand_for_two_groups():
    september = owed("branch.group_meeting/2026-09", group_count=2)
    first = held(date(2026, 9, 3), EventKind.GROUP_MEETING, group="一组")
    again = held(date(2026, 9, 17), EventKind.GROUP_MEETING, group="一组")
    other = held(date(2026, 9, 18), EventKind.GROUP_MEETING, group="二组")
    assert state(september, [first, again], NEXT_YEAR) is State.OPEN
    assert state(september, [first, other], NEXT_YEAR) is State.MET


def test_a_finding_opens_to_the_events_behind_it():
    counted = held(date(2026, 9, 3), meeting)
    assert assess(THIRD_QUARTER, [counted, held(date(2026, 9, 4), EventKind.LECTURE)], NEXT_YEAR).events == (counted,)


@pytest.mark.parametrize(
    ("counts", "rate"),
    [
        (Tally(met=2, late=1, open=1, exempt=0, upcoming=0), 0.625),
        (Tally(met=3, late=0, open=0, exempt=9, upcoming=9), 1.0),
        (Tally(met=2, late=0, open=0, exempt=5, upcoming=5), None),
        (Tally(met=0, late=0, open=3, exempt=0, upcoming=0), 0.0),
    ],
)
def test_the_rate_counts_late_as_half_and_stays_silent_below_three(counts: Tally, rate: float | None):
    assert counts.rate == rate


def test_a_year_that_has_just_begun_is_no_failure():
    year = obligations(Structure(unit_type=UnitType.BRANCH, full_members=6), 2026)
    january = [held(date(2026, 1, 15), EventKind.PARTY_DAY)]
    counts = tally(assess(item, january, date(2026, 2, 1)) for item in year)
    assert (counts.met, counts.open, counts.upcoming) == (1, 0, 19)
    assert counts.rate is None


events = st.lists(
    st.builds(
        Event,
        kinds=st.frozensets(st.sampled_from(EventKind), min_size=1, max_size=3),
        on=st.dates(date(2026, 1, 1), date(2027, 2, 1)),
        recorded_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    ),
    max_size=12,
)
days = st.dates(date(2026, 1, 1), NEXT_YEAR)
a_year = obligations(Structure(unit_type=UnitType.BRANCH, full_members=9, has_committee=True, group_count=2), 2026)


def findings(happened: list[Event], today: date) -> list[Finding]:
    return [assess(item, happened, today) for item in a_year]


@given(events, days)
def test_every_obligation_is_counted_exactly_once(happened: list[Event], today: date):
    counts = tally(findings(happened, today))
    assert counts.counted + counts.exempt + counts.upcoming == len(a_year)
    assert counts.rate is None or 0 <= counts.rate <= 1


ORDER = [State.OPEN, State.LATE, State.MET]


@given(events, events, days)
def test_one_more_event_never_makes_anything_worse(happened: list[Event], more: list[Event], today: date):
    for item in a_year:
        assert ORDER.index(state(item, happened + more, today)) >= ORDER.index(state(item, happened, today))


@given(events, days)
def test_the_order_of_events_does_not_matter(happened: list[Event], today: date):
    assert [f.state for f in findings(happened, today)] == [f.state for f in findings(happened[::-1], today)]
