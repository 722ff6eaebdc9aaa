"""Committees are elected by those entitled, for a term."""

from datetime import date

import pytest

from rules import Elected, MoreVotesThanPresent, UnitType, candidates_needed, count_election, term


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
