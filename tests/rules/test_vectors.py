"""The table of test vectors the engine was specified with, row by row and in its order."""

from datetime import date
from decimal import Decimal

import pytest

from rules import (
    AdmissionClocks,
    Ballot,
    Event,
    EventKind,
    Learner,
    NothingLoaded,
    State,
    Structure,
    UnitType,
    VoteKind,
    attendance,
    dues,
    entitled_count,
    hours_reached,
    is_care,
    obligations,
    present_needed,
    satisfied_by,
    state,
    yes_needed,
)

CASE = AdmissionClocks(date(2026, 6, 1))


class September:
    """The holidays of 2026 as a calendar knows them once they are announced; Mid-Autumn is off from the 25th."""

    def is_working_day(self, day: date) -> bool | None:
        return day.isoweekday() <= 5 and not date(2026, 9, 25) <= day <= date(2026, 9, 27)


def test_month_end():
    assert CASE.talk_by(date(2026, 1, 31)).day == date(2026, 2, 28)


def test_activist_since_the_last_of_june():
    activist = date(2025, 6, 30)
    checks = [check.day for check in CASE.checks_due(activist, until=date(2026, 6, 30))]
    assert checks == [date(2025, 12, 30), date(2026, 6, 30)]
    assert CASE.earliest_development_object(activist).day == date(2026, 6, 30)


def test_notice_is_provisional_and_changes_once_the_calendar_is_loaded():
    posted = date(2026, 9, 24)
    before = CASE.notice_ends(posted, calendar=NothingLoaded())
    after = CASE.notice_ends(posted, calendar=September())
    assert (before.day, before.is_provisional) == (date(2026, 9, 30), True)
    assert (after.day, after.is_provisional) == (date(2026, 10, 1), False)
    official = CASE.notice_ends(posted)
    assert not official.is_provisional
    assert official.day > before.day


def test_pre_review_at_the_end_of_june():
    assert CASE.meeting_by(date(2026, 6, 30)).day == date(2026, 7, 30)


def test_meeting_in_march_and_oath_in_april():
    meeting = date(2026, 3, 10)  # the oath of 2026-04-20 moves nothing
    assert CASE.approval_by(meeting).day == date(2026, 6, 10)
    assert CASE.probation_ends(meeting).day == date(2027, 3, 10)
    extended = CASE.extension_window(meeting)
    assert (extended.earliest, extended.latest) == (date(2027, 9, 10), date(2028, 3, 10))


def test_admission_ballot_of_twenty_one():
    assert Ballot(entitled=21, present=12, yes=11).passes(VoteKind.ADMISSION)


def test_admission_ballot_of_twenty_with_half_present_cannot_open():
    assert not Ballot(entitled=20, present=10, yes=10).may_open(VoteKind.ADMISSION)
    assert present_needed(20, VoteKind.ADMISSION) == 11


def test_ordinary_vote_of_twenty_with_half_present_opens_and_fails():
    vote = Ballot(entitled=20, present=10, yes=10)
    assert vote.may_open(VoteKind.ORDINARY)
    assert not vote.passes(VoteKind.ORDINARY)
    assert yes_needed(20) == 11


@pytest.mark.parametrize("kind", [VoteKind.ORDINARY, VoteKind.ADMISSION])
def test_ten_of_twenty_is_no_majority_even_with_eleven_present(kind: VoteKind):
    assert not Ballot(entitled=20, present=11, yes=10).passes(kind)


def test_twenty_five_members_of_whom_four_have_no_vote():
    assert entitled_count(25, probationary=3, on_probation_within_party=1) == 21


@pytest.mark.parametrize(
    ("wage", "due"),
    [
        ("3000.00", "15.00"),
        ("3000.01", "30.00"),
        ("5000", "50.00"),
        ("5000.01", "75.00"),
        ("10000", "150.00"),
        ("10000.01", "200.00"),
    ],
)
def test_dues_of_a_wage(wage: str, due: str):
    assert dues.monthly(dues.Payer.WAGE, Decimal(wage)).amount == Decimal(due)


@pytest.mark.parametrize(("pension", "due"), [("5000", "25.00"), ("5000.01", "50.00")])
def test_dues_of_the_retired(pension: str, due: str):
    assert dues.monthly(dues.Payer.RETIRED, Decimal(pension)).amount == Decimal(due)


def test_arrears_from_january_to_may_and_june_too():
    begun = date(2026, 1, 1)
    assert dues.arrears([], since=begun, today=date(2026, 6, 15)).level is dues.ArrearsLevel.REMIND
    assert dues.arrears([], since=begun, today=date(2026, 7, 1)).level is dues.ArrearsLevel.FLAG


def test_a_branch_of_six_without_groups():
    owed = obligations(Structure(unit_type=UnitType.BRANCH, full_members=6), 2026)
    kinds = {kind for item in owed for kind in item.kinds}
    yearly = {EventKind.ORGANISATION_LIFE_MEETING, EventKind.APPRAISAL, EventKind.LECTURE, EventKind.HEART_TO_HEART}
    assert {EventKind.GENERAL_MEETING, EventKind.PARTY_DAY} | yearly == kinds


def test_one_party_day_with_a_lecture_and_a_vote():
    day = Event(
        kinds=frozenset({EventKind.PARTY_DAY, EventKind.LECTURE, EventKind.GENERAL_MEETING}), on=date(2026, 9, 15)
    )
    owed = obligations(Structure(unit_type=UnitType.BRANCH, full_members=6), 2026)
    met = {item.key for item in satisfied_by(day, owed)}
    assert met == {"branch.party_day/2026-09", "branch.lecture/2026", "branch.general_meeting/2026-Q3"}
    assert all(state(item, [day], date(2026, 9, 15)) is State.MET for item in owed if item.key in met)


def test_a_member_marked_old_and_infirm():
    fit = Learner(hours=Decimal(32), attended=9, invited=12)
    infirm = Learner(hours=Decimal(0), is_infirm=True, attended=0, invited=12)
    hours = hours_reached([fit, infirm])
    came = attendance([fit, infirm])
    assert (hours.part, hours.whole, hours.exempt) == (1, 1, 1)
    assert (came.part, came.whole, came.exempt) == (9, 12, 1)
    assert is_care({EventKind.VISIT})
