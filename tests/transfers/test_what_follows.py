"""Dues and activities follow the branch of the day: what was before a transfer stays with the old one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from rules.dues import Payer
from rules.workdays import add_months
from shared.clock import today
from tests.support.activities import at, planned
from tests.support.cast import Cast
from tests.transfers.conftest import accept, first, issue, second, somebody
from workspace.activities.models import Participation
from workspace.dues.actions import assessing, paying
from workspace.dues.models import Payment
from workspace.dues.queries.figures import paid_share
from workspace.dues.queries.sheets import sheet_of
from workspace.organization.models import Unit


def month(back: int) -> date:
    return add_months(today().replace(day=1), -back)


def moved(*, in_month: int, day: int = 15) -> None:
    """王党员 is accepted by the second branch in the middle of that month."""
    on = month(in_month).replace(day=day)
    accept(issue(issued_on=on - timedelta(days=3))[0], on=on)


def assess(base: str = "4000", since: int = 6) -> None:
    who = somebody()
    assessing.assess(who, payer=Payer.WAGE, base=Decimal(base), since=month(since), by=Cast.user("owner"))


def names(unit: Unit, back: int) -> list[str]:
    return [line.member.name for line in sheet_of(unit, month(back)).lines]


def test_months_up_to_the_transfer_stay_on_the_old_sheet_and_later_ones_go_to_the_new(jia):
    assess()
    moved(in_month=2)
    for back, unit, other in ((4, first(), second()), (2, first(), second()), (1, second(), first())):
        assert "王党员" in names(unit, back), back
        assert "王党员" not in names(other, back), back


def test_who_moves_on_the_first_of_a_month_pays_that_month_in_the_new_branch(jia):
    assess()
    moved(in_month=2, day=1)
    assert "王党员" in names(second(), 2) and "王党员" in names(first(), 3)


def test_an_old_month_is_paid_to_the_old_branch_and_a_new_one_to_the_new(jia):
    assess()
    moved(in_month=2)
    who = somebody()
    pay = {"paid_on": today(), "method": "cash", "by": Cast.user("owner"), "today": today()}
    paying.record_payments(first(), month(3), {who.pk: None}, **pay)
    paying.record_payments(second(), month(1), {who.pk: None}, **pay)
    with pytest.raises(paying.NotOnTheSheet):
        paying.record_payments(second(), month(2), {who.pk: None}, **pay)
    assert Payment.objects.count() == 2


def test_figures_count_each_month_where_it_belongs(jia):
    assess()
    moved(in_month=2)
    pay = {"paid_on": today(), "method": "cash", "by": Cast.user("owner"), "today": today()}
    paying.record_payments(first(), month(3), {somebody().pk: None}, **pay)
    found = paid_share(under=Unit.objects.get(depth=1), first=month(4), last=month(0))
    old, new = first().path, second().path
    assert [found[old, month(back)].members for back in (4, 3, 2)] == [1, 1, 1]
    assert [found[new, month(back)].members for back in (1, 0)] == [1, 1]
    assert (old, month(1)) not in found and (new, month(2)) not in found
    assert found[old, month(3)].received == Decimal("40.00")
    only_new = paid_share(under=second(), first=month(4), last=month(0))
    assert {path for path, _month in only_new} == {new}


def test_there_and_back_leaves_the_months_between_with_the_other_branch(jia):
    assess()
    moved(in_month=4)
    on = month(2).replace(day=20)
    accept(issue(by="owner", destination=first(), issued_on=on)[0], by="owner", on=on)
    assert [("王党员" in names(first(), back)) for back in (5, 4, 3, 2, 1)] == [True, True, False, False, True]
    assert [("王党员" in names(second(), back)) for back in (5, 4, 3, 2, 1)] == [False, False, True, True, False]


def test_who_moved_out_and_in_again_left_their_months_behind(jia):
    assess()
    on = month(3).replace(day=10)
    accept(issue(destination_name="外单位", issued_on=on)[0], by="secretary", on=on)
    assert "王党员" in names(first(), 4) and "王党员" not in names(first(), 1)


def test_the_record_of_a_meeting_stays_with_who_was_there_and_where(jia):
    meeting = planned(first(), start=at(today() - timedelta(days=20)))
    on = today() - timedelta(days=10)
    accept(issue(issued_on=on)[0], on=on)
    assert Participation.objects.filter(activity=meeting, member=somebody()).exists()
    later = planned(second(), start=at(today() + timedelta(days=3)), by=Cast.user("owner"))
    old = planned(first(), start=at(today() + timedelta(days=3)))
    assert Participation.objects.filter(activity=later, member=somebody()).exists()
    assert not Participation.objects.filter(activity=old, member=somebody()).exists()


def test_the_letter_says_up_to_which_month_dues_are_paid_without_a_gap(jia):
    assess(since=4)
    pay = {"paid_on": today(), "method": "cash", "by": Cast.user("owner"), "today": today()}
    for back in (4, 3, 1):
        paying.record_payments(first(), month(back), {somebody().pk: None}, **pay)
    never = somebody("secretary")
    letters = issue(somebody(), never, by="owner")
    assert [row.paid_until for row in letters] == [month(3), None]


def test_what_is_typed_goes_before_what_is_known(jia):
    assess(since=4)
    assert issue(paid_until=month(1))[0].paid_until == month(1)
