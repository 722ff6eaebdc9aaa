"""The shape of an organisation is checked, and advice given; nothing is ever done by itself."""

import pytest

import rules
from rules import Severity, Structure, UnitType, structure_hints


def codes(unit_type: UnitType = UnitType.BRANCH, **shape) -> set[str]:
    return {hint.code for hint in structure_hints(Structure(unit_type=unit_type, **shape))}


@pytest.mark.parametrize(("full_members", "hinted"), [(2, True), (3, False)])
def test_a_branch_needs_three_full_members(full_members: int, hinted: bool):
    assert ("branch.minimum_members" in codes(full_members=full_members, probationary_members=5)) is hinted


@pytest.mark.parametrize(("full_members", "hinted"), [(6, False), (7, True)])
def test_from_seven_full_members_a_committee_is_due(full_members: int, hinted: bool):
    assert ("branch.committee_required" in codes(full_members=full_members)) is hinted


def test_a_branch_with_its_committee_is_left_in_peace():
    assert codes(full_members=9, has_committee=True, committee_size=3) == set()


@pytest.mark.parametrize(("probationary", "hinted"), [(10, False), (11, True)])
def test_above_fifty_members_a_split_is_suggested(probationary: int, hinted: bool):
    found = codes(full_members=40, probationary_members=probationary, has_committee=True)
    assert ("branch.maximum_members" in found) is hinted


@pytest.mark.parametrize(
    ("members", "expected"),
    [(49, {"general_branch.threshold"}), (50, set()), (99, set()), (100, {"committee.threshold"})],
)
def test_a_general_branch_has_fifty_to_a_hundred_members(members: int, expected: set[str]):
    assert codes(UnitType.GENERAL_BRANCH, full_members=members) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [(2, {"branch.committee_smallest"}), (3, set()), (7, set()), (8, {"branch.committee_largest"})],
)
def test_a_committee_has_three_to_seven_people(size: int, expected: set[str]):
    assert codes(full_members=20, has_committee=True, committee_size=size) == expected


def test_a_joint_branch_serves_at_most_five_units():
    assert codes(UnitType.JOINT_BRANCH, full_members=5, joint_units=6) == {"branch.joint_units"}


def test_a_temporary_branch_is_not_checked_for_size():
    assert codes(UnitType.TEMPORARY_BRANCH, full_members=60) == set()


def test_a_hint_says_what_was_found_and_what_to_do():
    hint = structure_hints(Structure(unit_type=UnitType.BRANCH, full_members=2))[0]
    assert hint.severity is Severity.ERROR
    assert (hint.found, hint.limit) == (2, 3)
    assert hint.message == "正式党员2人，少于3人，不具备单独成立党支部的条件。"
    assert "联合党支部" in hint.advice
    assert hint.message_en.isascii()
    assert hint.advice_en.isascii()
    assert hint.rule.citation == "《中国共产党支部工作条例（试行）》第四条"


def test_the_loudest_comes_first():
    shape = Structure(unit_type=UnitType.BRANCH, full_members=60)
    assert [hint.severity for hint in structure_hints(shape)] == [Severity.ERROR, Severity.WARNING]


def test_checks_follow_the_day():
    small = Structure(unit_type=UnitType.BRANCH, full_members=2)
    assert structure_hints(small, on=rules.get("branch.minimum_members").effective_from) != []
    assert structure_hints(small, on=rules.get("branch.minimum_members").effective_from.replace(year=2017)) == []
