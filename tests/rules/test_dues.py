"""Dues follow the whole base; arrears call for people."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import dues
from rules.dues import ArrearsLevel, Payer

money = st.decimals(Decimal(0), Decimal(1_000_000), places=2)


@pytest.mark.parametrize(
    ("base", "due"),
    [
        ("3000.00", "15.00"),
        ("3000.01", "30.00"),
        ("5000", "50.00"),
        ("5000.01", "75.00"),
        ("10000", "150.00"),
        ("10000.01", "200.00"),
        ("0", "0.00"),
        ("2999.00", "15.00"),
        ("2998.99", "14.99"),
    ],
)
def test_a_wage_is_charged_on_the_whole_base(base: str, due: str):
    for payer in (Payer.WAGE, Payer.ANNUAL_SALARY, Payer.SELF_EMPLOYED):
        assert dues.monthly(payer, Decimal(base)).amount == Decimal(due)


@pytest.mark.parametrize(("base", "due"), [("5000", "25.00"), ("5000.01", "50.00")])
def test_the_retired_have_two_bands(base: str, due: str):
    assert dues.monthly(Payer.RETIRED, Decimal(base)).amount == Decimal(due)


def test_an_assessment_explains_itself():
    found = dues.monthly(Payer.WAGE, Decimal(4000))
    assert (found.rate, found.base) == (Decimal("0.01"), Decimal(4000))
    assert found.rule.citation == "《关于中国共产党党费收缴、使用和管理的规定》第二条"


def test_students_and_the_laid_off_pay_the_minimum():
    assert dues.monthly(Payer.MINIMUM).amount == Decimal("0.20")


def test_farmers_pay_between_two_jiao_and_a_yuan():
    assert dues.monthly(Payer.FARMER).amount == Decimal("0.20")
    assert dues.monthly(Payer.FARMER, chosen=Decimal(1)).amount == Decimal("1.00")
    with pytest.raises(dues.AmountOutOfRange):
        dues.monthly(Payer.FARMER, chosen=Decimal("1.01"))


def test_a_share_needs_a_base_that_is_not_negative():
    with pytest.raises(dues.BaseMissing):
        dues.monthly(Payer.WAGE)
    with pytest.raises(dues.NegativeBase):
        dues.monthly(Payer.WAGE, Decimal("-0.01"))


def test_the_self_employed_base_is_the_mean_of_the_quarter():
    assert dues.quarterly_mean(Decimal(10000)) == Decimal("3333.33")


def test_dues_begin_in_the_month_of_the_meeting_that_admitted():
    assert dues.first_month(date(2026, 3, 31)) == date(2026, 3, 1)


def unpaid_since_january(today: date, *settled: date) -> dues.Arrears:
    return dues.arrears(settled, since=date(2026, 1, 10), today=today)


def test_five_unpaid_months_are_a_reminder():
    found = unpaid_since_january(date(2026, 6, 30))
    assert (len(found.months), found.level) == (5, ArrearsLevel.REMIND)


def test_the_sixth_unpaid_month_raises_the_flag_for_people():
    found = unpaid_since_january(date(2026, 7, 1))
    assert (found.months[-1], found.level) == (date(2026, 6, 1), ArrearsLevel.FLAG)


def test_one_paid_month_breaks_the_run():
    found = unpaid_since_january(date(2026, 8, 1), date(2026, 4, 9))
    assert (found.months, found.level) == ((date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)), ArrearsLevel.REMIND)


def test_a_run_across_the_turn_of_the_year_is_one_run():
    found = dues.arrears([], since=date(2025, 10, 1), today=date(2026, 4, 1))
    assert found.level is ArrearsLevel.FLAG


def test_the_running_month_is_not_yet_owed():
    assert unpaid_since_january(date(2026, 1, 31)).level is ArrearsLevel.NONE


@given(money, st.sampled_from([payer for payer in Payer if payer.pays_a_share]))
def test_amounts_are_whole_fen_and_never_above_two_percent(base: Decimal, payer: Payer):
    amount = dues.monthly(payer, base).amount
    assert amount == amount.quantize(Decimal("0.01"))
    assert 0 <= amount <= base * Decimal("0.02") + Decimal("0.005")


@given(money, money)
def test_who_earns_more_never_pays_less(one: Decimal, other: Decimal):
    lower, higher = sorted((one, other))
    assert dues.monthly(Payer.WAGE, lower).amount <= dues.monthly(Payer.WAGE, higher).amount


months = st.integers(1, 12).map(lambda month: date(2026, month, 5))


@given(st.sets(months), st.sets(months), st.dates(date(2026, 1, 1), date(2027, 2, 1)))
def test_paying_more_months_never_lengthens_the_arrears(paid: set[date], more: set[date], today: date):
    before, after = unpaid_since_january(today, *paid), unpaid_since_january(today, *paid, *more)
    assert len(after.months) <= len(before.months)


def test_a_new_base_counts_from_the_month_of_the_new_pay():
    assert dues.new_base_month(date(2026, 3, 31)) == date(2026, 3, 1)


@pytest.mark.parametrize(("extra", "goes"), [("1000", False), ("1000.01", True)])
def test_more_than_a_thousand_yuan_at_once_goes_to_the_centre(extra: str, goes: bool):
    assert dues.goes_to_the_centre(Decimal(extra)) is goes


def test_arrears_are_made_good_within_six_months():
    until = dues.make_good_until(date(2026, 1, 15))
    assert (until.day, until.rule.code) == (date(2026, 7, 31), "dues.monthly")
    assert dues.make_good_until(date(2026, 8, 1)).day == date(2027, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_the_last_day_to_make_good_ends_a_month(month: date):
    day = dues.make_good_until(month).day
    assert date.fromordinal(day.toordinal() + 1).day == 1
    assert (day.year * 12 + day.month) - (month.year * 12 + month.month) == 6
