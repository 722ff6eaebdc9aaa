"""Somebody comes from outside: looked up first, entered, and on the register only once the branch takes them in."""

from datetime import date, timedelta

import pytest

from shared.clock import today
from tests.support.cast import Cast
from tests.transfers.conftest import ZHANG, accept, arrive, first, issue, newcomer, second, somebody
from workspace.members.actions import leaving
from workspace.members.actions.records import AlreadyRegistered, RegisteredElsewhere
from workspace.members.models import Event, Member
from workspace.members.queries.drift import drifted
from workspace.transfers.actions import accepting, arriving, closing, issuing
from workspace.transfers.models import Transfer


def test_who_comes_is_on_the_register_only_from_acceptance(jia):
    row = arrive()
    assert not Member.objects.filter(citizen_number=ZHANG).exists()
    accept(row)
    made = Member.objects.get(citizen_number=ZHANG)
    assert (made.unit, made.name, made.joined_on) == (second(), "张新来", date(2015, 7, 1))
    row.refresh_from_db()
    assert row.member == made and row.newcomer == {}  # the register holds it now


def test_what_was_kept_of_somebody_is_emptied_when_nobody_takes_them_in(jia):
    row = arrive()
    closing.reject(row, on=today(), reason="不在本市工作", by=Cast.user("receiver"), today=today())
    row.refresh_from_db()
    assert row.newcomer == {} and row.member is None
    assert not Member.objects.filter(citizen_number=ZHANG).exists()


def test_who_left_before_comes_back_as_the_same_person(jia):
    old = Member.objects.create(unit=first(), name="张新来", citizen_number=ZHANG, joined_on=date(2015, 7, 1))
    leaving.leave(
        old, on=today() - timedelta(days=400), reason=Member.Leaving.TRANSFERRED, note="", by=Cast.user("owner")
    )
    known = arriving.look_up(newcomer(), by=Cast.user("owner"))
    assert known.returning == old
    accept(arrive(newcomer=newcomer(phone="13900000001")))
    old.refresh_from_db()
    assert (old.unit, old.is_present, old.phone) == (second(), True, "13900000001")
    assert Member.objects.filter(citizen_number=ZHANG).count() == 1


def test_who_is_here_already_is_told_apart_by_what_the_asking_person_may_see(jia):
    Member.objects.create(unit=second(), name="张新来", citizen_number=ZHANG)
    with pytest.raises(AlreadyRegistered) as seen:
        arrive(by="receiver")
    assert "第二党支部" in str(seen.value)
    with pytest.raises(RegisteredElsewhere) as unseen:
        arrive(by="secretary", destination=first())
    assert "第二党支部" not in str(unseen.value) and "张新来" not in str(unseen.value)


def test_the_same_letter_is_entered_once(jia):
    arrive()
    with pytest.raises(issuing.OnTheWayAlready):
        arrive()
    assert Transfer.objects.count() == 1


def test_people_of_the_same_name_are_shown_and_stop_nobody(jia):
    same = Member.objects.create(unit=second(), name="张新来")
    assert arriving.look_up(newcomer(), by=Cast.user("receiver")).alike == [same]
    assert arriving.look_up(newcomer(), by=Cast.user("secretary")).alike == []  # not theirs to see
    arrive()


def test_somebody_put_on_the_register_meanwhile_is_not_put_there_twice(jia):
    row = arrive()
    Member.objects.create(unit=second(), name="张新来", citizen_number=ZHANG)
    with pytest.raises(AlreadyRegistered):
        accept(row)
    row.refresh_from_db()
    assert row.is_open


def test_one_who_came_back_by_hand_meanwhile_is_not_taken_in_again(jia):
    old = Member.objects.create(unit=first(), name="张新来", citizen_number=ZHANG, joined_on=date(2015, 7, 1))
    leaving.leave(old, on=today(), reason=Member.Leaving.TRANSFERRED, note="", by=Cast.user("owner"))
    row = arrive()
    leaving.come_back(old, reason="未转出", by=Cast.user("owner"))
    with pytest.raises(accepting.HereAlready):
        accept(row)


def test_out_and_in_again_is_one_person_with_two_letters(jia):
    Member.objects.filter(pk=somebody().pk).update(citizen_number=ZHANG)
    accept(
        issue(destination_name="外单位", issued_on=today() - timedelta(days=9))[0],
        by="secretary",
        on=today() - timedelta(days=5),
    )
    came = newcomer(name="王党员", joined_on=date(2010, 7, 1), converted_on=date(2011, 7, 1))
    accept(arrive(newcomer=came))
    assert (somebody().unit, somebody().is_present) == (second(), True)
    assert Transfer.objects.filter(member=somebody()).count() == 2


def test_a_letter_from_nowhere_is_refused(jia):
    with pytest.raises(arriving.ComesFromNowhere):
        arrive(origin_name=" ")


def test_coming_in_is_an_event_and_what_the_letter_says_anew_is_a_correction(jia):
    old = Member.objects.create(
        unit=first(), name="张新来", citizen_number=ZHANG, category=Member.Category.PROBATIONARY,
        joined_on=date(2024, 7, 1),
    )  # fmt: skip
    leaving.leave(
        old, on=today() - timedelta(days=300), reason=Member.Leaving.TRANSFERRED, note="", by=Cast.user("owner")
    )
    came = newcomer(joined_on=date(2024, 7, 1), converted_on=date(2025, 7, 1))
    accept(arrive(newcomer=came))
    old.refresh_from_db()
    assert (old.category, old.converted_on, old.unit) == (Member.Category.FULL, date(2025, 7, 1), second())
    kinds = set(Event.objects.standing().filter(member=old).values_list("kind", flat=True))
    assert {Event.Kind.TRANSFERRED_OUT, Event.Kind.TRANSFERRED_IN, Event.Kind.CORRECTED} <= kinds
    assert not list(drifted(Member.objects.filter(pk=old.pk)))
