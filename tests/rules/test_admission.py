"""A development case runs on its clocks, under the text it was opened with."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import ADMISSION_STEPS, AdmissionClocks, AdmissionStage, NothingLoaded, add_months

UNDER_2026 = AdmissionClocks(date(2026, 6, 1))
UNDER_2014 = AdmissionClocks(date(2026, 5, 10))

case_days = st.dates(date(2015, 1, 1), date(2040, 12, 31))


class Worked:
    """A calendar whose every day is known and worked."""

    def is_working_day(self, day: date) -> bool | None:
        return True


def test_the_talk_is_due_by_the_end_of_a_shorter_month():
    assert UNDER_2026.talk_by(date(2026, 1, 31)).day == date(2026, 2, 28)


def test_an_activist_is_examined_every_half_year():
    due = UNDER_2026.checks_due(date(2025, 6, 30), until=date(2026, 6, 30))
    assert [check.day for check in due] == [date(2025, 12, 30), date(2026, 6, 30)]


def test_half_year_checks_do_not_drift_after_a_short_month():
    due = UNDER_2026.checks_due(date(2025, 8, 31), until=date(2027, 12, 31))
    assert [check.day for check in due][:3] == [date(2026, 2, 28), date(2026, 8, 31), date(2027, 2, 28)]


def test_an_activist_waits_a_year_to_become_a_development_object():
    assert UNDER_2026.earliest_development_object(date(2025, 6, 30)).day == date(2026, 6, 30)


def test_public_notice_is_provisional_while_the_holidays_are_unknown():
    notice = UNDER_2026.notice_ends(date(2026, 9, 24), calendar=NothingLoaded())
    assert (notice.day, notice.is_provisional) == (date(2026, 9, 30), True)


def test_public_notice_moves_once_the_holidays_are_loaded():
    notice = UNDER_2026.notice_ends(date(2026, 9, 24))
    assert (notice.day, notice.is_provisional) == (date(2026, 10, 8), False)


def test_a_year_the_official_calendar_does_not_reach_is_provisional():
    notice = UNDER_2026.notice_ends(date(2099, 1, 5))
    assert (notice.day, notice.is_provisional) == (date(2099, 1, 9), True)


def test_a_worked_sunday_counts_as_a_working_day():
    assert rules.last_working_day(date(2026, 9, 20), 1) == (date(2026, 9, 20), False)
    assert rules.last_working_day(date(2026, 9, 19), 1) == (date(2026, 9, 20), False)


def test_no_working_days_is_no_deadline():
    with pytest.raises(ValueError, match="at least 1"):
        rules.last_working_day(date(2026, 9, 20), 0)


def test_the_general_meeting_follows_the_pre_review_within_a_month():
    assert UNDER_2026.meeting_by(date(2026, 6, 30)).day == date(2026, 7, 30)


def test_a_case_opened_under_the_older_text_keeps_it():
    assert UNDER_2014.meeting_by(date(2026, 6, 30)) is None
    assert UNDER_2014.notice_ends(date(2026, 9, 24)) is None
    assert not UNDER_2014.asks_for("admission.public_notice")
    assert UNDER_2014.talk_by(date(2026, 5, 10)).rule.key == "admission.talk@2014-05-28"
    with pytest.raises(rules.NotInForce):
        UNDER_2014.rule("admission.public_notice")


def test_the_new_text_holds_from_its_day_of_issue():
    assert AdmissionClocks(date(2026, 5, 11)).asks_for("admission.public_notice")
    assert [rule.effective_from for rule in rules.versions("admission.talk")] == [date(2014, 5, 28), date(2026, 5, 11)]


def test_a_case_older_than_any_text_runs_under_the_oldest():
    assert AdmissionClocks(date(2012, 3, 1)).probation_ends(date(2013, 7, 1)).day == date(2014, 7, 1)


def test_approval_and_probation_count_from_the_meeting_and_not_from_the_oath():
    meeting = date(2026, 3, 10)
    assert UNDER_2026.approval_by(meeting).day == date(2026, 6, 10)
    assert UNDER_2026.approval_by(meeting, is_special=True).day == date(2026, 9, 10)
    assert UNDER_2026.probation_ends(meeting).day == date(2027, 3, 10)


def test_an_extension_lasts_six_to_twelve_months():
    window = UNDER_2026.extension_window(date(2026, 3, 10))
    assert (window.earliest, window.latest) == (date(2027, 9, 10), date(2028, 3, 10))
    assert date(2027, 9, 9) not in window
    assert date(2028, 3, 10) in window


def test_oath_and_conversion_have_their_clocks():
    assert UNDER_2026.oath_by(date(2026, 6, 10)).day == date(2026, 7, 10)
    assert UNDER_2026.conversion_approval_by(date(2027, 3, 12)).day == date(2027, 6, 12)


@pytest.mark.parametrize(("days", "hours", "enough"), [(3, 0, True), (0, 24, True), (2, 23, False), (0, 0, False)])
def test_training_is_enough_by_days_or_by_hours(days: int, hours: int, enough: bool):
    assert UNDER_2026.training_is_enough(days=days, hours=hours) is enough


@pytest.mark.parametrize(
    ("born", "on", "enough"),
    [
        (date(2008, 6, 1), date(2026, 5, 31), False),
        (date(2008, 6, 1), date(2026, 6, 1), True),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
    ],
)
def test_applicants_are_eighteen(born: date, on: date, enough: bool):
    assert UNDER_2026.is_old_enough(born, on=on) is enough


def test_a_deadline_is_past_only_after_its_day():
    deadline = UNDER_2026.talk_by(date(2026, 6, 1))
    assert not deadline.is_past(date(2026, 7, 1))
    assert deadline.is_past(date(2026, 7, 2))


def test_the_chart_has_twenty_five_steps_in_five_stages():
    assert [step.number for step in ADMISSION_STEPS] == list(range(1, 26))
    assert [sum(step.stage is stage for step in ADMISSION_STEPS) for stage in AdmissionStage] == [2, 4, 5, 7, 7]
    assert len({step.code for step in ADMISSION_STEPS}) == 25
    assert (ADMISSION_STEPS[14].code, ADMISSION_STEPS[14].label) == ("general_meeting", "支部大会讨论")
    for step in ADMISSION_STEPS:
        assert step.label_en.isascii()
        assert not step.rule_code or rules.get(step.rule_code)


@given(case_days, st.integers(-60, 60))
def test_adding_months_lands_in_the_right_month_and_never_later_in_it(day: date, months: int):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
    assert moved.day == day.day or add_months(moved, 0).day >= 28


@given(case_days, case_days, st.integers(0, 60))
def test_adding_months_keeps_the_order_of_days(one: date, other: date, months: int):
    if one <= other:
        assert add_months(one, months) <= add_months(other, months)


@given(case_days, st.integers(1, 40))
def test_working_days_never_end_sooner_than_calendar_days(first: date, days: int):
    plain, is_provisional = rules.last_working_day(first, days, calendar=NothingLoaded())
    every_day, _ = rules.last_working_day(first, days, calendar=Worked())
    assert is_provisional
    assert plain.isoweekday() <= 5
    assert (every_day - first).days == days - 1
    assert plain >= every_day


@given(case_days)
def test_the_clocks_of_a_case_follow_one_another(meeting: date):
    window = UNDER_2026.extension_window(meeting)
    ends = UNDER_2026.probation_ends(meeting).day
    assert meeting < UNDER_2026.approval_by(meeting).day < ends < window.earliest < window.latest
