"""A branch owes what its shape asks of it, no more."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import EventKind, Structure, UnitType, obligations


def owed_codes(structure: Structure, year: int = 2026, **options) -> Counter[str]:
    return Counter(item.rule.code.partition(".")[2] for item in obligations(structure, year, **options))


def branch(**shape) -> Structure:
    return Structure(**{"unit_type": UnitType.BRANCH, "full_members": 6, **shape})


def test_a_branch_of_six_without_groups_owes_no_committee_or_group_meetings():
    assert owed_codes(branch()) == {
        "general_meeting": 4,
        "party_day": 12,
        "lecture": 1,
        "organisation_life_meeting": 1,
        "appraisal": 1,
        "heart_to_heart": 1,
    }


def test_a_committee_owes_a_meeting_each_month():
    assert owed_codes(branch(full_members=9, has_committee=True))["committee_meeting"] == 12


def test_each_group_owes_a_meeting_each_month():
    meetings = [item for item in obligations(branch(group_count=3), 2026) if item.rule.code == "branch.group_meeting"]
    assert len(meetings) == 12
    assert {item.needed for item in meetings} == {3}


def test_a_temporary_branch_leaves_appraisal_to_the_branch_its_members_belong_to():
    assert owed_codes(branch(unit_type=UnitType.TEMPORARY_BRANCH)) == {"party_day": 12, "lecture": 1}


def test_a_party_committee_owes_what_committees_owe():
    found = owed_codes(Structure(unit_type=UnitType.COMMITTEE, full_members=200))
    assert found["responsibility_study"] == 2
    assert found["secretary_lecture"] == 1
    assert "party_day" not in found


def test_a_branch_led_by_a_committee_secretary_owes_that_lecture_too():
    assert owed_codes(branch(secretary_of_committee=True))["secretary_lecture"] == 1


def test_a_party_group_owes_nothing_itself():
    assert obligations(Structure(unit_type=UnitType.GROUP, full_members=8), 2026) == []


def test_a_type_code_read_from_a_column_is_enough():
    assert owed_codes(Structure(unit_type="631", full_members=6)) == owed_codes(branch())  # type: ignore[arg-type]


def test_local_practice_counts_only_where_it_was_adopted():
    assert owed_codes(branch(), adopted={"branch.lecture_quarterly"})["lecture_quarterly"] == 4
    assert owed_codes(branch())["lecture_quarterly"] == 0


def test_periods_have_names_people_use():
    by_key = {item.key: item for item in obligations(branch(), 2026)}
    third_quarter = by_key["branch.general_meeting/2026-Q3"]
    assert third_quarter.period.label == "2026年第三季度"
    assert third_quarter.period.label_en == "Q3 2026"
    assert (third_quarter.period.start, third_quarter.due) == (date(2026, 7, 1), date(2026, 9, 30))
    assert third_quarter.title == "2026年第三季度 党员大会"
    assert by_key["branch.party_day/2026-09"].period.label == "2026年9月"
    assert by_key["branch.party_day/2026-09"].period.label_en == "September 2026"


def test_a_new_branch_owes_a_period_it_lived_at_least_half_of():
    created_mid_august = branch(created_on=date(2026, 8, 15))
    keys = {item.key for item in obligations(created_mid_august, 2026)}
    assert "branch.party_day/2026-08" in keys
    assert "branch.general_meeting/2026-Q3" in keys
    assert "branch.appraisal/2026" not in keys
    assert "branch.party_day/2026-07" not in keys


def test_a_branch_that_was_dissolved_owes_until_its_last_day():
    owed = {item.key: item for item in obligations(branch(disbanded_on=date(2026, 3, 20)), 2026)}
    assert owed["branch.general_meeting/2026-Q1"].due == date(2026, 3, 20)
    assert "branch.party_day/2026-04" not in owed


def test_nothing_is_owed_under_a_rule_that_did_not_exist():
    assert owed_codes(branch(), 2017) == {}
    assert owed_codes(branch(), 2018) == {"party_day": 2}


def test_every_kind_has_a_name_in_both_languages():
    for kind in EventKind:
        assert kind.label
        assert kind.label_en.isascii()
    assert EventKind("party_day").label == "主题党日"
    assert EventKind.DUES_PUBLICATION not in EventKind.gatherings()


shapes = st.builds(
    Structure,
    unit_type=st.sampled_from(UnitType),
    full_members=st.integers(0, 300),
    probationary_members=st.integers(0, 50),
    has_committee=st.booleans(),
    group_count=st.integers(0, 9),
    secretary_of_committee=st.booleans(),
    created_on=st.none() | st.dates(date(2020, 1, 1), date(2026, 6, 30)),
    disbanded_on=st.none() | st.dates(date(2026, 7, 1), date(2028, 1, 1)),
)


@given(shapes, st.integers(2019, 2030))
def test_what_is_owed_lies_in_the_year_and_in_the_life_of_the_unit(structure: Structure, year: int):
    owed = obligations(structure, year)
    assert len({item.key for item in owed}) == len(owed)
    assert owed == sorted(owed, key=lambda item: item.due)
    for item in owed:
        assert item.needed >= 1
        assert item.period.start.year == item.due.year == year
        assert structure.created_on is None or item.period.start >= structure.created_on
        assert structure.disbanded_on is None or item.due <= structure.disbanded_on
        assert item.rule.is_in_force(item.period.start)


@given(shapes)
def test_a_unit_without_groups_or_committee_owes_none_of_their_meetings(structure: Structure):
    kinds = {kind for item in obligations(structure, 2026) for kind in item.kinds}
    assert structure.has_committee or EventKind.COMMITTEE_MEETING not in kinds
    assert structure.group_count or EventKind.GROUP_MEETING not in kinds


def test_impossible_structures_are_refused():
    for wrong in ({"full_members": -1}, {"created_on": date(2026, 2, 2), "disbanded_on": date(2026, 2, 1)}):
        try:
            branch(**wrong)
        except rules.ImpossibleStructure:
            continue
        raise AssertionError(wrong)
