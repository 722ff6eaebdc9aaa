"""Committees are elected by those entitled, for a term."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import (
    Elected,
    MoreVotesThanPresent,
    NotLater,
    TooLate,
    UnitType,
    candidates_needed,
    count_election,
    reminder_on,
    reminders,
    term,
)


@pytest.mark.parametrize(("seats", "candidates"), [(1, 2), (3, 4), (5, 6), (6, 8), (10, 12)])
def test_candidates_exceed_the_seats_by_a_fifth(seats: int, candidates: int):
    assert candidates_needed(seats) == candidates


def test_the_highest_above_half_of_those_entitled_are_elected():
    votes = {"赵": 18, "钱": 15, "孙": 12, "李": 10}
    assert count_election(votes, entitled=20, present=18, seats=3) == Elected(("赵", "钱", "孙"), (), 0)


def test_half_of_those_entitled_is_not_enough():
    assert count_election({"赵": 10}, entitled=20, present=18, seats=1) == Elected((), (), 1)


def test_a_tie_over_the_last_seat_is_voted_on_again():
    votes = {"赵": 18, "钱": 15, "孙": 15}
    assert count_election(votes, entitled=20, present=18, seats=2) == Elected(("赵",), ("钱", "孙"), 1)


def test_nobody_has_more_votes_than_people_were_there():
    with pytest.raises(MoreVotesThanPresent, match="赵"):
        count_election({"赵": 19}, entitled=20, present=18, seats=1)


@pytest.mark.parametrize(
    ("unit_type", "village", "ends"),
    [
        (UnitType.BRANCH, False, date(2026, 6, 1)),
        (UnitType.GENERAL_BRANCH, False, date(2026, 6, 1)),
        (UnitType.BRANCH, True, date(2028, 6, 1)),
        (UnitType.COMMITTEE, False, date(2028, 6, 1)),
    ],
)
def test_terms_depend_on_the_kind_of_organisation(unit_type: UnitType, village: bool, ends: date):
    assert term(unit_type, date(2023, 6, 1), in_village_or_community=village).ends == ends


def test_an_election_may_be_moved_by_a_year_with_approval():
    branch_term = term(UnitType.BRANCH, date(2023, 2, 28))
    assert branch_term.latest == date(2027, 2, 28)
    assert not branch_term.is_over(date(2026, 2, 28))
    assert branch_term.is_over(date(2026, 3, 1))


def test_another_length_fixed_from_above_is_kept():
    assert term(UnitType.COMMITTEE, date(2023, 6, 1), years=3).ends == date(2026, 6, 1)


def test_a_term_that_began_before_the_rule_still_ends():
    assert term(UnitType.BRANCH, date(2016, 6, 1)).ends == date(2019, 6, 1)


def test_reminders_come_six_three_and_one_months_before_the_end():
    found = reminders(term(UnitType.BRANCH, date(2023, 8, 31)))
    assert [(one.day, one.months_before) for one in found] == [
        (date(2026, 2, 28), 6),
        (date(2026, 5, 31), 3),
        (date(2026, 7, 31), 1),
    ]
    assert found[0].rule.badge == "待核实"


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 2, 27), None),
        (date(2026, 2, 28), 6),
        (date(2026, 5, 31), 3),
        (date(2026, 8, 31), 1),
        (date(2026, 9, 1), None),
    ],
)
def test_one_reminder_stands_at_a_time_until_the_term_is_over(today: date, months: int | None):
    standing = reminder_on(term(UnitType.BRANCH, date(2023, 8, 31)), today)
    assert (standing and standing.months_before) == months


def test_a_postponed_term_is_reminded_of_again():
    moved = term(UnitType.BRANCH, date(2023, 8, 31)).postponed(date(2026, 12, 31))
    assert reminders(moved)[0].day == date(2026, 6, 30)
    assert not moved.is_over(date(2026, 9, 1))
    assert moved.latest == date(2027, 8, 31)


def test_a_term_is_postponed_to_a_later_day_within_a_year():
    held = term(UnitType.BRANCH, date(2023, 8, 31))
    assert held.postponed(date(2027, 8, 31)).ends == date(2027, 8, 31)
    with pytest.raises(NotLater):
        held.postponed(date(2026, 8, 31))
    with pytest.raises(TooLate):
        held.postponed(date(2027, 9, 1))


def test_no_term_lasts_less_than_a_year():
    with pytest.raises(ValueError, match="years"):
        term(UnitType.COMMITTEE, date(2023, 6, 1), years=0)


@given(st.sampled_from(UnitType), st.dates(date(2010, 1, 1), date(2040, 1, 1)), st.booleans())
def test_the_clocks_of_a_term_follow_one_another(unit_type: UnitType, elected: date, village: bool):
    held = term(unit_type, elected, in_village_or_community=village)
    days = [one.day for one in reminders(held)]
    assert elected < days[0] < days[1] < days[2] < held.ends < held.latest


@given(st.integers(1, 99))
def test_candidates_exceed_the_seats_by_at_least_a_fifth_and_no_more_than_needed(seats: int):
    extra = candidates_needed(seats) - seats
    assert extra * 5 >= seats > (extra - 1) * 5


votes = st.dictionaries(st.sampled_from("赵钱孙李周吴郑王"), st.integers(0, 40), min_size=1)


@given(votes, st.integers(1, 40), st.integers(1, 40), st.integers(1, 7))
def test_nobody_is_elected_without_more_than_half_of_those_entitled(count, entitled: int, present: int, seats: int):
    present = min(present, entitled)
    count = {name: min(number, present) for name, number in count.items()}
    found = count_election(count, entitled=entitled, present=present, seats=seats)
    assert all(count[name] * 2 > entitled for name in (*found.elected, *found.undecided))
    assert len(found.elected) + found.empty_seats == seats
    left = [number for name, number in count.items() if name not in found.elected and number * 2 > entitled]
    assert all(count[name] > other for name in found.elected for other in left)
