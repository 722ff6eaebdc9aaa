"""Flags call for people; nothing here changes a membership."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import cutoff
from rules.flags import Facts, FlagKind, flags, lost_contact_reasons


@pytest.mark.parametrize(
    ("facts", "kind", "since"),
    [
        ({"reported_lost_on": date(2025, 8, 31)}, FlagKind.LOST_CONTACT, date(2026, 2, 28)),
        ({"stopped_on": date(2024, 5, 1)}, FlagKind.REMOVAL, date(2026, 5, 1)),
        ({"last_organisation_life_on": date(2026, 1, 15)}, FlagKind.NO_ORGANISATION_LIFE, date(2026, 7, 15)),
        ({"last_dues_on": date(2026, 1, 31)}, FlagKind.NO_DUES, date(2026, 7, 31)),
        ({"last_assigned_work_on": date(2026, 1, 15)}, FlagKind.NO_ASSIGNED_WORK, date(2026, 7, 15)),
        ({"away_since": date(2026, 1, 15)}, FlagKind.FLOATING, date(2026, 7, 15)),
        ({"graduated_on": date(2024, 7, 1)}, FlagKind.GRADUATE, date(2026, 7, 1)),
        ({"last_contact_abroad_on": date(2026, 1, 15)}, FlagKind.ABROAD, date(2026, 7, 15)),
        ({"correction_began_on": date(2025, 7, 15)}, FlagKind.CORRECTION, date(2026, 7, 15)),
    ],
)
def test_a_flag_stands_from_its_day_on(facts: dict, kind: FlagKind, since: date):
    known = Facts(**facts)
    assert [(flag.kind, flag.since) for flag in flags(known, since)] == [(kind, since)]
    assert flags(known, date.fromordinal(since.toordinal() - 1)) == []


def test_away_at_a_fixed_place_asks_for_the_relation_to_move_too():
    found = flags(Facts(away_since=date(2026, 1, 15), has_fixed_place=True), date(2026, 7, 15))
    assert [flag.kind for flag in found] == [FlagKind.TRANSFER, FlagKind.FLOATING]


def test_a_good_reason_ends_the_inactivity_flags_and_nothing_else():
    idle = {"last_dues_on": date(2025, 1, 1), "graduated_on": date(2020, 7, 1)}
    kinds = [flag.kind for flag in flags(Facts(**idle, was_excused=True), date(2026, 1, 1))]
    assert kinds == [FlagKind.GRADUATE]


def test_no_hard_requirement_to_take_part_binds_the_infirm():
    idle = Facts(last_organisation_life_on=date(2025, 1, 1), last_assigned_work_on=date(2025, 1, 1), is_infirm=True)
    assert flags(idle, date(2026, 1, 1)) == []


def test_after_a_decision_to_stop_the_next_clock_runs():
    kinds = {
        flag.kind
        for flag in flags(Facts(reported_lost_on=date(2020, 1, 1), stopped_on=date(2022, 1, 1)), date(2026, 1, 1))
    }
    assert kinds == {FlagKind.REMOVAL}


def test_a_flag_cites_its_rule_and_asks_people():
    for flag in flags(Facts(last_dues_on=date(2025, 1, 1), stopped_on=date(2020, 1, 1)), date(2026, 1, 1)):
        assert flag.rule.citation
        assert "请党组织" in flag.text
        assert flag.text_en.isascii()
    assert all(kind.text and kind.text_en.isascii() for kind in FlagKind)


def test_no_flag_has_a_name_that_ends_a_membership():
    assert {kind.value for kind in FlagKind} & {kind.value for kind in cutoff.ChangeKind if kind.ends} == set()


def test_reasons_for_lost_contact_are_those_of_the_register():
    assert len(lost_contact_reasons()) == 7
    assert lost_contact_reasons()[-1] == "其他"


maybe = st.none() | st.dates(date(2020, 1, 1), date(2026, 12, 31))
facts = st.builds(
    Facts,
    reported_lost_on=maybe,
    stopped_on=maybe,
    last_organisation_life_on=maybe,
    last_dues_on=maybe,
    last_assigned_work_on=maybe,
    was_excused=st.booleans(),
    is_infirm=st.booleans(),
    away_since=maybe,
    has_fixed_place=st.booleans(),
    graduated_on=maybe,
    last_contact_abroad_on=maybe,
    correction_began_on=maybe,
)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(facts, days, days)
def test_a_flag_that_stands_stays_until_the_facts_change(known: Facts, one: date, other: date):
    earlier, later = sorted((one, other))
    assert {flag.kind for flag in flags(known, earlier)} <= {flag.kind for flag in flags(known, later)}
    assert all(flag.since <= later for flag in flags(known, later))


def test_the_half_year_that_calls_for_people_cannot_be_shortened_locally():
    for code in ("membership.lost_contact", "membership.inactive", "dues.six_months_unpaid"):
        assert rules.get(code).tighten == {}
