"""Statistics at a cut-off day are derived from dated events by formal relation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.cutoff import Change, ChangeKind, Flows, Membership, cut_off_of, flows, membership_at

END = cut_off_of(2026)


def change(kind: ChangeKind, on: date, **details) -> Change:
    return Change(kind=kind, on=on, **details)


ADMITTED = change(ChangeKind.ADMITTED, date(2025, 3, 10), unit="一支部")
CONVERTED = change(ChangeKind.CONVERTED, date(2026, 3, 10))


def test_the_year_is_cut_off_on_its_last_day():
    assert date(2026, 12, 31) == END


def test_a_probationary_member_counts_from_the_meeting_and_a_full_one_from_conversion():
    timeline = [ADMITTED, CONVERTED]
    assert membership_at(timeline, date(2025, 3, 9)) is None
    assert membership_at(timeline, date(2025, 3, 10)) == Membership("一支部", is_full=False)
    assert membership_at(timeline, date(2026, 3, 9)) == Membership("一支部", is_full=False)
    assert membership_at(timeline, date(2026, 3, 10)) == Membership("一支部", is_full=True)


def test_what_happened_on_the_cut_off_day_is_in():
    moved = change(ChangeKind.TRANSFERRED, END, unit="二支部")
    assert membership_at([ADMITTED, moved], END) == Membership("二支部", is_full=False)


def test_what_was_recorded_later_but_dated_earlier_is_in_unless_the_books_of_a_day_are_asked_for():
    late = change(ChangeKind.TRANSFERRED, date(2026, 12, 20), unit="二支部", recorded_on=date(2027, 1, 15))
    assert membership_at([ADMITTED, late], END).unit == "二支部"
    assert membership_at([ADMITTED, late], END, known_on=date(2027, 1, 10)).unit == "一支部"


@pytest.mark.parametrize("kind", [kind for kind in ChangeKind if kind.ends])
def test_who_left_does_not_count(kind: ChangeKind):
    assert membership_at([ADMITTED, change(kind, date(2026, 5, 1))], END) is None


def test_a_membership_that_was_stopped_can_be_restored():
    timeline = [
        ADMITTED,
        change(ChangeKind.STOPPED, date(2026, 1, 1)),
        change(ChangeKind.RESTORED, date(2026, 6, 1), unit="一支部", is_full=False),
    ]
    assert membership_at(timeline, date(2026, 3, 1)) is None
    assert membership_at(timeline, END) == Membership("一支部", is_full=False)


def test_a_correction_replaces_what_it_names():
    wrong = change(ChangeKind.CONVERTED, date(2026, 3, 10), key=7)
    right = change(ChangeKind.CONVERTED, date(2026, 9, 10), corrects=7, recorded_on=date(2026, 9, 20))
    timeline = [ADMITTED, wrong, right]
    assert not membership_at(timeline, date(2026, 6, 1)).is_full
    assert membership_at(timeline, date(2026, 6, 1), known_on=date(2026, 6, 2)).is_full


def test_flows_tell_where_a_number_comes_from():
    people = [
        [ADMITTED, CONVERTED],
        [change(ChangeKind.ADMITTED, date(2026, 5, 1), unit="一支部")],
        [change(ChangeKind.TRANSFERRED, date(2026, 6, 1), unit="一支部", is_full=True)],
        [change(ChangeKind.TRANSFERRED, date(2020, 6, 1), unit="一支部"), change(ChangeKind.DIED, date(2026, 7, 1))],
        [change(ChangeKind.TRANSFERRED, date(2020, 6, 1), unit="一支部"),
         change(ChangeKind.TRANSFERRED, date(2026, 8, 1), unit="外地")],
    ]  # fmt: skip
    found = flows(people, frozenset({"一支部"}), date(2025, 12, 31), END)
    assert found == Flows(opening=3, admitted=1, came=1, went=1, ended=1, closing=3)


def test_a_move_among_the_units_asked_about_is_no_flow():
    moved = [ADMITTED, change(ChangeKind.TRANSFERRED, date(2026, 8, 1), unit="二支部")]
    assert flows([moved], frozenset({"一支部", "二支部"}), date(2025, 12, 31), END).came == 0
    assert flows([moved], frozenset({"二支部"}), date(2025, 12, 31), END).came == 1


timelines = st.lists(
    st.builds(
        Change,
        kind=st.sampled_from(ChangeKind),
        on=st.dates(date(2024, 1, 1), date(2028, 1, 1)),
        unit=st.none() | st.sampled_from(["一支部", "二支部", "外地"]),
        is_full=st.none() | st.booleans(),
        recorded_on=st.none() | st.dates(date(2024, 1, 1), date(2028, 1, 1)),
        key=st.none() | st.integers(1, 5),
        corrects=st.none() | st.integers(1, 5),
    ),
    max_size=8,
)
asked = st.frozensets(st.sampled_from(["一支部", "二支部", "外地"]), min_size=1)
days = st.dates(date(2024, 1, 1), date(2028, 1, 1))


@given(st.lists(timelines, max_size=6), asked, days, days)
def test_opening_and_flows_always_make_the_closing(people, units, one: date, other: date):
    after, until = sorted((one, other))
    found = flows(people, units, after, until)
    assert found.opening + found.admitted + found.came - found.went - found.ended == found.closing
    at_the_end = [membership_at(timeline, until) for timeline in people]
    assert found.closing == sum(standing is not None and standing.unit in units for standing in at_the_end)


@given(timelines, days)
def test_events_after_the_cut_off_never_change_the_answer(timeline, cut_off: date):
    assert membership_at(timeline, cut_off) == membership_at(
        [one for one in timeline if one.on <= cut_off or one.corrects is not None], cut_off
    )


@given(timelines, days)
def test_the_books_of_a_day_do_not_know_what_was_recorded_later(timeline, known_on: date):
    seen = [one for one in timeline if (one.recorded_on or one.on) <= known_on]
    assert membership_at(timeline, END, known_on=known_on) == membership_at(seen, END)
