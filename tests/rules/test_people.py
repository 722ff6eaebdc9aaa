"""Appraisal, study and the clocks of a membership."""

from datetime import date

import pytest

from rules import AppraisalGrade, Deadline, EventKind, excellent_cap, is_care, membership, study_hours


@pytest.mark.parametrize(("graded", "cap"), [(0, 0), (2, 0), (3, 1), (20, 6), (21, 7), (22, 7)])
def test_no_more_than_a_third_are_excellent(graded: int, cap: int):
    assert excellent_cap(graded) == cap


def test_fewer_than_nobody_cannot_be_graded():
    with pytest.raises(ValueError, match="negative"):
        excellent_cap(-1)


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
