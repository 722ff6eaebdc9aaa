"""Posts of a unit: who may hold one, who may give one, and what is kept."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tenants import context
from workspace.audit.models import Entry
from workspace.members.actions import appointments as actions
from workspace.members.models import Appointment, Member
from workspace.members.queries import appointments as queries
from workspace.organization.models import Unit

Post = Appointment.Post
SINCE = date(2026, 3, 1)


@pytest.fixture
def jia(cast):
    with context.inside(cast.jia):
        yield cast


@pytest.fixture
def owner(jia):
    return jia.user("owner")


@pytest.fixture
def first(jia) -> Unit:
    return Unit.objects.get(name="第一党支部")


def member(name: str) -> Member:
    return Member.objects.get(name=name)


def test_a_member_becomes_secretary_and_it_is_written_down(owner, first):
    made = actions.appoint(member("李书记"), unit=first, post=Post.SECRETARY, since=SINCE, by=owner)

    assert queries.secretary_of(first) == made
    assert Entry.objects.get(verb="unit.appointed").details == {
        "member": "李书记",
        "post": "书记",
        "since": "2026-03-01",
    }


def test_a_second_secretary_is_refused_with_the_name_of_the_first(owner, first):
    actions.appoint(member("李书记"), unit=first, post=Post.SECRETARY, since=SINCE, by=owner)

    with pytest.raises(actions.SecretarySitting, match="李书记"):
        actions.appoint(member("王党员"), unit=first, post=Post.SECRETARY, since=SINCE, by=owner)


def test_a_new_secretary_may_take_over_on_the_same_day(owner, first):
    before = actions.appoint(member("李书记"), unit=first, post=Post.SECRETARY, since=SINCE, by=owner)
    day = date(2026, 9, 1)

    after = actions.appoint(member("王党员"), unit=first, post=Post.SECRETARY, since=day, by=owner, replacing=True)

    before.refresh_from_db()
    assert before.until == day
    assert list(queries.holders(first, on=day)) == [after]
    assert list(queries.former(first, on=day)) == [before]


def test_the_database_itself_holds_one_secretary_at_a_time(owner, first):
    actions.appoint(member("李书记"), unit=first, post=Post.SECRETARY, since=SINCE, by=owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(unit=first, member=member("王党员"), post=Post.SECRETARY, since=SINCE)


def test_a_member_of_another_branch_is_refused(owner, first):
    with pytest.raises(actions.NotOfThisUnit):
        actions.appoint(member("赵外人"), unit=first, post=Post.COMMITTEE, since=SINCE, by=owner)


def test_the_committee_above_takes_members_of_its_branches(owner, first):
    root = Unit.objects.get(depth=1)

    assert actions.appoint(member("赵外人"), unit=root, post=Post.DEPUTY, since=SINCE, by=owner).unit == root


def test_a_probationary_member_cannot_be_elected(owner, first):
    Member.objects.filter(name="王党员").update(category=Member.Category.PROBATIONARY)

    with pytest.raises(actions.NotOfThisUnit):
        actions.appoint(member("王党员"), unit=first, post=Post.COMMITTEE, since=SINCE, by=owner)


def test_the_same_post_is_not_held_twice(owner, first):
    actions.appoint(member("王党员"), unit=first, post=Post.PUBLICITY, since=SINCE, by=owner)

    with pytest.raises(actions.AlreadyHolds):
        actions.appoint(member("王党员"), unit=first, post=Post.PUBLICITY, since=SINCE, by=owner)


def test_a_secretary_fills_the_committee_but_not_the_own_post(jia, first):
    secretary = jia.user("secretary")
    actions.appoint(member("王党员"), unit=first, post=Post.PUBLICITY, since=SINCE, by=secretary)

    with pytest.raises(actions.DecidedAbove):
        actions.appoint(member("王党员"), unit=first, post=Post.SECRETARY, since=SINCE, by=secretary)


def test_a_post_does_not_end_before_it_began(owner, first):
    held = actions.appoint(member("王党员"), unit=first, post=Post.PUBLICITY, since=SINCE, by=owner)

    with pytest.raises(actions.EndsBeforeItBegan):
        actions.end(held, on=date(2026, 2, 1), by=owner)


def test_a_post_ends_once(owner, first):
    held = actions.appoint(member("王党员"), unit=first, post=Post.PUBLICITY, since=SINCE, by=owner)
    actions.end(held, on=date(2026, 4, 1), by=owner)

    with pytest.raises(actions.AlreadyEnded):
        actions.end(held, on=date(2026, 5, 1), by=owner)


def test_a_closed_branch_appoints_nobody(owner, first):
    first.closed_on = date(2026, 1, 1)
    first.save(update_fields=["closed_on"])

    with pytest.raises(actions.UnitIsClosed):
        actions.appoint(member("王党员"), unit=first, post=Post.PUBLICITY, since=SINCE, by=owner)
