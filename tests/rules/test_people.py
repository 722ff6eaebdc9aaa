"""Appraisal, study and the clocks of a membership."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import (
    AppraisalGrade,
    Deadline,
    EventKind,
    Learner,
    attendance,
    excellent_cap,
    hours_reached,
    is_care,
    is_graded,
    membership,
    study_hours,
    too_many_excellent,
)


@pytest.mark.parametrize(("graded", "cap"), [(0, 0), (2, 0), (3, 1), (20, 6), (21, 7), (22, 7)])
def test_no_more_than_a_third_are_excellent(graded: int, cap: int):
    assert excellent_cap(graded) == cap


def test_fewer_than_nobody_cannot_be_graded():
    with pytest.raises(ValueError, match="negative"):
        excellent_cap(-1)


@pytest.mark.parametrize(("excellent", "graded", "over"), [(7, 21, 0), (8, 21, 1), (0, 0, 0), (1, 2, 1)])
def test_grades_above_the_cap_are_counted_and_left_alone(excellent: int, graded: int, over: int):
    assert too_many_excellent(excellent, graded) == over


def test_more_excellent_than_graded_cannot_be():
    with pytest.raises(ValueError, match="excellent"):
        too_many_excellent(3, 2)


@given(st.integers(0, 500))
def test_the_cap_is_the_largest_number_within_a_third(graded: int):
    assert excellent_cap(graded) * 3 <= graded < (excellent_cap(graded) + 1) * 3


def test_probationary_members_take_part_ungraded():
    assert not is_graded(is_probationary=True)
    assert is_graded(is_probationary=False)
    assert is_graded(is_probationary=True, on=date(2018, 1, 1))


def test_there_are_four_grades():
    assert [grade.label for grade in AppraisalGrade] == ["优秀", "合格", "基本合格", "不合格"]


def test_the_infirm_leave_the_denominator_of_study_hours():
    assert study_hours() == 32
    assert study_hours(leads=True) == 56
    assert study_hours(is_infirm=True) is None
    assert study_hours(leads=True, is_infirm=True) is None


def test_a_visit_counts_as_care():
    assert is_care({EventKind.VISIT})
    assert not is_care({EventKind.GENERAL_MEETING})


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        (membership.lost_contact_flag(date(2025, 8, 31)), date(2026, 2, 28)),
        (membership.removal_considered(date(2024, 2, 29)), date(2026, 2, 28)),
        (membership.inactivity_flag(date(2026, 1, 15)), date(2026, 7, 15)),
        (membership.transfer_expected(date(2026, 1, 15)), date(2026, 7, 15)),
        (membership.correction_ends(date(2026, 1, 15)), date(2027, 1, 15)),
        (membership.graduate_relation_kept_until(date(2026, 7, 1)), date(2028, 7, 1)),
        (membership.contact_abroad_by(date(2026, 3, 1)), date(2026, 9, 1)),
        (membership.letter_expires(date(2026, 3, 1)), date(2026, 3, 31)),
        (membership.letter_expires(date(2026, 3, 1), days=90), date(2026, 5, 30)),
    ],
)
def test_membership_clocks(deadline: Deadline, day: date):
    assert deadline.day == day


def test_how_long_a_transfer_letter_lasts_is_badged():
    assert membership.letter_expires(date(2026, 3, 1)).rule.badge == "待核实"


def test_leaders_need_their_own_hours():
    found = hours_reached([Learner(hours=Decimal(40)), Learner(hours=Decimal(40), leads=True)])
    assert (found.part, found.whole) == (1, 2)


def test_a_branch_of_the_infirm_alone_has_no_rate():
    assert hours_reached([Learner(is_infirm=True)]).share is None
    assert attendance([Learner(is_infirm=True, invited=3)]).share is None


learners = st.builds(
    Learner,
    hours=st.decimals(0, 80, places=1),
    leads=st.booleans(),
    is_infirm=st.booleans(),
    attended=st.integers(0, 5),
    invited=st.integers(5, 9),
)


@given(st.lists(learners))
def test_everybody_is_counted_or_exempt_and_no_rate_leaves_its_bounds(everybody: list[Learner]):
    for found in (hours_reached(everybody), attendance(everybody)):
        assert found.exempt == sum(one.is_infirm for one in everybody)
        assert found.share is None or 0 <= found.share <= 1
    assert hours_reached(everybody).whole + hours_reached(everybody).exempt == len(everybody)


def test_away_for_half_a_year_is_a_floating_member():
    assert membership.floating_since(date(2026, 8, 31)).day == date(2027, 2, 28)
