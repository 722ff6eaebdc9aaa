"""What a person holds is read once while a page is read, and says the same as the database asked for each verb."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.clock import today
from shared.permissions import catalogue
from tenants import context
from tests.support.cast import Cast
from workspace.access.models import Grant, OwnRole, Role
from workspace.access.queries import grants_of, held, may
from workspace.access.queries.held import held_by, remembering
from workspace.accounts.models import User
from workspace.organization.models import Unit


@pytest.fixture
def person(cast: Cast):
    """Inside jia, with every kind of grant: built in, of the workspace's own, lent for some modules, over, to come."""
    with context.inside(cast.jia):
        root, branch = Unit.objects.get(depth=1), Unit.objects.get(name="第一党支部")
        user = User.objects.create_user("various", name="各种")
        own = OwnRole.objects.create(name="名册员", verbs=["member.import", "member.view", "unit.view"])
        lender = Grant.objects.get(user=cast.user("secretary"), role=Role.SECRETARY)
        lent = {"delegated_from": lender, "since": today(), "until": today()}
        Grant.objects.create(user=user, role=Role.SECRETARY, unit=branch, only=" activities voice ", **lent)
        Grant.objects.create(user=user, role=own.code, unit=branch)
        Grant.objects.create(user=user, role=Role.MEMBER, unit=root)
        Grant.objects.create(user=user, role=Role.ADMIN, unit=root, until=today() - timedelta(days=1))
        Grant.objects.create(user=user, role=Role.MANAGER, unit=root, since=today() + timedelta(days=1))
        yield user


def test_it_says_the_same_as_the_database_verb_by_verb(person: User) -> None:
    held = held_by(person)
    for one in catalogue():
        asked = set(grants_of(person, one.verb).values_list("pk", flat=True))
        assert {grant.pk for grant in held if one.verb in grant.verbs} == asked, one.verb
    assert {grant.is_lent for grant in held} == {True, False}


def test_while_nothing_changes_it_is_read_once_and_of_each_person_apart(cast: Cast, person: User) -> None:
    other = cast.user("stranger")
    with CaptureQueriesContext(connection) as asked, remembering():
        for _ in range(5):
            assert may(person, "unit.view")
            assert not may(other, "member.import")
    assert len(asked) == 2


def test_people_of_two_workspaces_with_one_key_are_not_taken_for_each_other(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner = cast.user("owner")
    with remembering():
        with context.inside(cast.jia):
            assert may(owner, "member.import")
        with context.inside(cast.yan):
            nobody, _made = User.objects.get_or_create(pk=owner.pk, defaults={"username": "same-key", "name": "同号"})
            Grant.objects.filter(user=nobody).delete()
            assert not may(nobody, "member.import")


def test_outside_of_it_a_grant_that_goes_is_gone_at_once(person: User) -> None:
    with remembering():
        assert may(person, "member.import")
    Grant.objects.filter(user=person).delete()
    assert not may(person, "member.import")


def test_a_typo_opens_no_door(person: User) -> None:
    with pytest.raises(KeyError), remembering():
        may(person, "unit.veiw")


def test_a_request_that_changes_something_remembers_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    read = held._read
    monkeypatch.setattr(held, "_read", lambda user: seen.append(held._known.get() is None) or read(user))
    owner = cast.signed_in("owner")
    owner.get("/")
    assert seen and not any(seen)
    seen.clear()
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
    owner.post(f"/organization/units/{root.pk}/children/new/", {"name": "", "type": "631"})
    assert seen and all(seen)
