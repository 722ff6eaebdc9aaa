"""Whom to turn to: those who hold the verb on the nearest unit, and nobody from farther above."""

import pytest

from tenants import context
from tests.support.cast import Cast
from workspace.access.models import Grant, Role
from workspace.access.queries.nearest import keys_near, people_near
from workspace.accounts.models import User
from workspace.organization.models import Unit

VERB = "member.change"


@pytest.fixture
def branch(cast: Cast):
    """Inside jia."""
    with context.inside(cast.jia):
        yield Unit.objects.get(name="第一党支部")


def test_a_branch_s_own_people_come_before_those_above(cast: Cast, branch: Unit) -> None:
    assert keys_near(VERB, branch) == [cast.user("secretary").pk]
    assert list(people_near(VERB, branch)) == [cast.user("secretary")]


def test_where_nobody_is_left_the_next_level_is_turned_to(cast: Cast, branch: Unit) -> None:
    assert keys_near(VERB, branch, besides=cast.user("secretary").pk) == [cast.user("owner").pk]
    User.objects.filter(pk=cast.user("secretary").pk).update(is_active=False)
    assert keys_near(VERB, branch) == [cast.user("owner").pk]


def test_a_role_without_the_verb_brings_nobody_nearer(cast: Cast, branch: Unit) -> None:
    """The administrator is a plain member of the branch: what they hold, they hold above."""
    Grant.objects.create(user=cast.user("owner"), role=Role.MEMBER, unit=branch)
    assert keys_near(VERB, branch) == [cast.user("secretary").pk]


def test_nobody_at_all_is_nobody(cast: Cast, branch: Unit) -> None:
    Grant.objects.all().delete()
    assert keys_near(VERB, branch) == []
    assert not people_near(VERB, branch).exists()
