"""A letter is numbered, good for some days, and moves nobody; it ends once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shared.clock import today
from tests.support.cast import Cast
from tests.transfers.conftest import accept, first, issue, order, second, somebody
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.models import Event, Member
from workspace.members.queries.as_of import stood
from workspace.organization.models import Unit
from workspace.transfers.actions import accepting, closing, issuing
from workspace.transfers.models import Transfer
from workspace.transfers.queries import lists


def test_issuing_moves_nobody_and_tells_the_branch_that_receives(jia):
    (row,) = issue()
    assert somebody().unit == first() and somebody().is_present
    assert (row.kind, row.expires_on - row.issued_on) == (Transfer.Kind.WITHIN, timedelta(days=30))
    told = {message.to.username for message in Message.objects.all()}
    assert told == {"receiver", "member"}
    assert Entry.objects.filter(verb="transfer.issued", thing=str(row.pk)).count() == 1


def test_numbers_run_on_through_the_year_and_begin_anew_with_the_next(jia):
    everybody = [Member.objects.create(unit=first(), name=f"毕业生{n}") for n in range(3)]
    last_year = date(today().year - 1, 12, 30)
    (old,) = issue(somebody(), issued_on=last_year)
    rows = issue(*everybody, word="校组介")
    year = today().year
    assert old.number == f"组转〔{year - 1}〕001号"
    assert [row.number for row in rows] == [f"校组介〔{year}〕{n:03d}号" for n in (1, 2, 3)]
    closing.revoke(rows[2], on=today(), reason="写错了", by=Cast.user("secretary"), today=today())
    (again,) = issue(everybody[2], word="校组介")
    assert again.number == f"校组介〔{year}〕004号"  # a number that was revoked is not used again


def test_the_next_letter_is_offered_the_word_of_the_last(jia):
    from workspace.transfers.numbering import word_to_go_on_with

    assert word_to_go_on_with() == "组转"
    issue(word="校组介")
    assert word_to_go_on_with() == "校组介"


def test_several_go_at_once_or_none_does(jia):
    one, other = (Member.objects.create(unit=first(), name=name) for name in ("甲", "乙"))
    issue(one)
    with pytest.raises(issuing.OnTheWayAlready) as refused:
        issue(one, other)
    assert "甲" in str(refused.value) and "乙" not in str(refused.value)
    assert Transfer.objects.count() == 1


def test_the_database_itself_keeps_one_person_to_one_open_letter(jia):
    (row,) = issue()
    copy = Transfer.objects.get(pk=row.pk)
    copy.pk, copy.serial = None, 99
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"issued_on": today() + timedelta(days=1)}, issuing.NotIssuedYet),
        ({"valid_days": 0}, issuing.ValidityOutOfRange),
        ({"valid_days": 366}, issuing.ValidityOutOfRange),
        ({"destination_name": "  "}, issuing.NowhereToGo),
    ],
)
def test_letters_that_cannot_be_are_refused_by_name(jia, said, refusal):
    with pytest.raises(refusal):
        issue(**said)
    assert not Transfer.objects.exists()


def test_nobody_is_sent_to_where_they_are_to_a_closed_branch_or_to_a_committee(jia):
    with pytest.raises(issuing.ThereAlready):
        issue(destination=first())
    with pytest.raises(issuing.BranchClosed):
        issue(destination=Unit.objects.get(depth=1))
    Unit.objects.filter(pk=second().pk).update(closed_on=today())
    with pytest.raises(issuing.BranchClosed):
        issue()
    with pytest.raises(issuing.NobodyChosen):
        issuing.issue([], order(destination_name="外单位"), by=Cast.user("owner"), on=today())


def test_acceptance_moves_from_its_day_and_tells_those_who_sent(jia):
    (row,) = issue(issued_on=today() - timedelta(days=5))
    Message.objects.all().delete()
    done = accept(row, on=today() - timedelta(days=1))
    assert somebody().unit == second()
    assert (done.outcome, done.closed_on) == (Transfer.Outcome.ACCEPTED, today() - timedelta(days=1))
    assert {message.to.username for message in Message.objects.all()} == {"secretary", "member"}


def test_a_transfer_is_accepted_once(jia):
    (row,) = issue()
    stale = Transfer.objects.get(pk=row.pk)
    accept(row)
    with pytest.raises(closing.AcceptedAlready):
        accept(stale)
    assert Entry.objects.filter(verb="transfer.accepted").count() == 1


def test_a_rejection_needs_a_reason_and_the_person_stays(jia):
    (row,) = issue()
    by = Cast.user("receiver")
    with pytest.raises(closing.ReasonMissing):
        closing.reject(row, on=today(), reason=" ", by=by, today=today())
    closing.reject(row, on=today(), reason="不在本支部管理范围", by=by, today=today())
    assert somebody().unit == first()
    with pytest.raises(closing.ClosedAlready):
        accept(row)
    assert issue()[0].pk != row.pk  # a new letter may be issued


def test_the_issuer_revokes_before_acceptance_and_not_after(jia):
    (row,) = issue()
    accept(row)
    with pytest.raises(closing.AcceptedAlready):
        closing.revoke(row, on=today(), reason="不去了", by=Cast.user("secretary"), today=today())


def test_a_letter_ends_neither_before_it_was_issued_nor_in_the_future(jia):
    (row,) = issue()
    with pytest.raises(closing.ClosedTooEarly):
        accept(row, on=today() - timedelta(days=1))
    with pytest.raises(closing.NotYetClosed):
        accept(row, on=today() + timedelta(days=1))


def test_an_expired_letter_stays_on_its_list_until_somebody_sees_to_it(jia):
    (row,) = issue(issued_on=today() - timedelta(days=31))
    by = Cast.user("secretary")
    assert list(lists.transfers(by, "expired", lists.Narrowing(), on=today())) == [row]
    assert list(lists.transfers(by, "open", lists.Narrowing(), on=today())) == []
    assert somebody().unit == first()  # nothing happens by itself
    accept(row)
    assert list(lists.transfers(by, "expired", lists.Narrowing(), on=today())) == []
    assert somebody().unit == second()  # accepted after all: people decided


def test_who_went_elsewhere_meanwhile_is_not_moved_by_an_old_letter(jia):
    (row,) = issue()
    third = Unit.objects.add_child(Unit.objects.get(depth=1), instance=Unit(name="第三党支部", type=Unit.Type.BRANCH))
    Member.objects.filter(pk=row.member_id).update(unit=third)
    with pytest.raises(accepting.MovedMeanwhile):
        accept(row)


def test_a_receipt_from_outside_takes_the_person_off_the_register(jia):
    (row,) = issue(destination_name="中共某大学委员会")
    assert somebody().is_present
    accept(row, by="secretary", note="12月1日收到传真")
    gone = somebody()
    assert (gone.left_for, gone.left_on) == (Member.Leaving.TRANSFERRED, today())
    with pytest.raises(issuing.NoLongerHere):
        issue(gone)


def test_a_plain_member_sees_the_new_branch_and_no_longer_the_old(jia):
    from workspace.access.queries import units_where

    accept(issue()[0])
    assert list(units_where(Cast.user("member"), "activity.view")) == [second()]


def test_posts_and_other_roles_are_named_to_people_and_left_alone(jia):
    from workspace.access.models import Grant
    from workspace.members.models import Appointment
    from workspace.transfers.queries.standing import left_behind

    who = somebody("secretary")
    Appointment.objects.create(unit=first(), member=who, post=Appointment.Post.SECRETARY, since=date(2020, 1, 1))
    (row,) = issue(who, by="owner")
    assert left_behind(Transfer.objects.get(pk=row.pk)) == ["职务：书记", "系统角色：支部书记"]
    accept(row)
    assert Appointment.objects.current().filter(member=who).exists()
    assert Grant.objects.filter(user=who.user, unit=first()).exists()


def test_who_left_the_organisation_has_no_role_any_more(jia):
    from workspace.access.models import Grant

    who = somebody("secretary")
    (row,) = issue(who, by="owner", destination_name="中共某县委")
    accept(row, by="owner")
    assert not Grant.objects.filter(user=who.user).exists()


def test_whoever_receives_their_own_letter_moves_all_the_same(jia):
    from workspace.access.models import Grant, Role

    who = somebody()
    Grant.objects.create(user=who.user, role=Role.SECRETARY, unit=second())
    (row,) = issue(who, by="owner")
    accept(row, by="member")
    who.refresh_from_db()
    assert who.unit == second()
    assert not Grant.objects.filter(user=who.user, unit=first()).exists()


def test_a_case_in_progress_travels_with_the_person(jia):
    """An activist is transferred as such: category, dates and everything that hangs on the person stay theirs."""
    who = Member.objects.create(unit=first(), name="积极分子", category=Member.Category.ACTIVIST)
    accept(issue(who)[0])
    who.refresh_from_db()
    assert (who.unit, who.category) == (second(), Member.Category.ACTIVIST)


def test_acceptance_is_an_event_of_the_member_that_rests_on_the_letter(jia):
    (row,) = issue(issued_on=today() - timedelta(days=5))
    accept(row, on=today() - timedelta(days=2))
    event = Event.objects.get(member=somebody(), kind=Event.Kind.MOVED)
    assert (event.on, event.unit, event.details) == (
        today() - timedelta(days=2), second(), {"from": first().pk, "transfer": row.pk},
    )  # fmt: skip
    assert row.number in event.basis


def test_the_register_of_a_day_is_where_the_relation_was_that_day(jia):
    (row,) = issue(issued_on=today() - timedelta(days=20))
    accept(row, on=today() - timedelta(days=10))
    before, after = (
        {each.member_id for each in stood(Unit.objects.filter(pk=unit.pk), on=today() - timedelta(days=days))}
        for unit, days in ((first(), 11), (second(), 10))
    )
    assert row.member_id in before and row.member_id in after
    assert row.member_id not in {each.member_id for each in stood(Unit.objects.filter(pk=first().pk), on=today())}


def test_out_is_an_event_that_names_where_to(jia):
    (row,) = issue(destination_name="中共某大学委员会")
    accept(row, by="secretary")
    event = Event.objects.get(member=somebody(), kind=Event.Kind.TRANSFERRED_OUT)
    assert event.details == {"destination": "中共某大学委员会", "transfer": row.pk} and event.unit == first()


def test_a_branch_does_not_close_while_somebody_is_on_the_way_to_it(jia):
    from workspace.organization import counters

    assert counters.directly_on(second())["letters"] == 0
    issue()
    assert counters.directly_on(second())["letters"] == 1
    assert counters.directly_on(first())["letters"] == 0
