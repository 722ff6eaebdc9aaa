"""So many members make a branch, a general branch or a committee."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import Structure, UnitType, structure_hints
from rules.sizes import committee_size, needs_committee, usual_unit_type


@pytest.mark.parametrize(
    ("full", "members", "unit"),
    [
        (2, 9, UnitType.JOINT_BRANCH),
        (3, 3, UnitType.BRANCH),
        (49, 49, UnitType.BRANCH),
        (49, 50, UnitType.GENERAL_BRANCH),
        (99, 99, UnitType.GENERAL_BRANCH),
        (90, 100, UnitType.COMMITTEE),
    ],
)
def test_the_numbers_speak_for_one_kind_of_organisation(full: int, members: int, unit: UnitType):
    assert usual_unit_type(full, members) is unit


def test_more_full_members_than_members_cannot_be():
    with pytest.raises(ValueError, match="full_members"):
        usual_unit_type(5, 4)


@pytest.mark.parametrize(("full", "needed"), [(6, False), (7, True)])
def test_from_seven_full_members_a_branch_elects_a_committee(full: int, needed: bool):
    assert needs_committee(full) is needed


def test_a_committee_has_three_to_five_and_at_most_seven():
    size = committee_size()
    assert (size.usual_minimum, size.usual_maximum, size.maximum) == (3, 5, 7)
    assert [size.allows(number) for number in (2, 3, 7, 8)] == [False, True, True, False]


@given(st.integers(0, 300), st.integers(0, 60))
def test_a_branch_of_the_usual_kind_has_no_hint_about_its_numbers(full: int, probationary: int):
    unit = usual_unit_type(full, full + probationary)
    shape = Structure(
        unit_type=unit,
        full_members=full,
        probationary_members=probationary,
        has_committee=needs_committee(full),
        joint_units=2,
    )
    about_numbers = {"branch.committee_required", "general_branch.threshold", "committee.threshold"}
    found = {hint.code for hint in structure_hints(shape, on=date(2026, 6, 1))}
    assert not found & about_numbers
    assert unit is UnitType.JOINT_BRANCH or "branch.minimum_members" not in found
