"""Roles go along when units merge, and what was lent of them; nobody loses one in force; the record tells it all."""

from datetime import date, timedelta

import pytest

from shared.clock import today
from tenants import context
from tests.access.people import SINCE, UNTIL, branch, held, person, root
from tests.support.cast import Cast
from workspace.access import residency
from workspace.access.actions import delegations
from workspace.access.models import Grant, Role
from workspace.audit.models import Entry
from workspace.organization import actions as organization
from workspace.organization.facts import Facts
from workspace.organization.models import Unit

YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def other(cast: Cast) -> Unit:
    """The branch that ends in the first one."""
    with context.inside(cast.jia):
        facts = Facts(name="并入党支部", type=Unit.Type.BRANCH, established_on=date(2020, 1, 1))
        return organization.create(root(), facts, by=cast.user("owner"))


def merge(cast: Cast, other: Unit) -> None:
    organization.merge([Unit.objects.get(pk=other.pk)], into=branch(), on=today(), by=cast.user("owner"))


def lend(grant: Grant, username: str = "member") -> Grant:
    to, days = Cast.user(username), {"since": SINCE, "until": UNTIL}
    return delegations.delegate(grant, to=to, by=grant.user, reason="外出学习", **days)


def test_a_role_held_on_both_is_kept_once_and_what_was_lent_of_the_other_ends_on_the_record(
    cast: Cast, other: Unit
) -> None:
    with context.inside(cast.jia):
        doubled = Grant.objects.create(user=cast.user("secretary"), role=Role.SECRETARY, unit=other)
        lent = lend(doubled)
        merge(cast, other)
        assert not Grant.objects.filter(pk__in=[doubled.pk, lent.pk]).exists()
        assert Grant.objects.filter(user=cast.user("secretary"), role=Role.SECRETARY, unit=branch()).count() == 1
        told = {entry.thing: entry.details for entry in Entry.objects.filter(verb="access.revoked")}
        assert told.keys() == {str(doubled.pk), str(lent.pk)}
        assert told[str(lent.pk)]["delegated_from"] == doubled.pk
        assert told[str(lent.pk)]["until"] == UNTIL.isoformat()
        assert all("并入党支部并入第一党支部" in details["why"] for details in told.values())


def test_a_role_that_is_over_does_not_stand_in_the_way_of_one_in_force(cast: Cast, other: Unit) -> None:
    with context.inside(cast.jia):
        one = person("one")
        over = Grant.objects.create(user=one, role=Role.ORGANIZER, unit=branch(), until=YESTERDAY)
        valid = Grant.objects.create(user=one, role=Role.ORGANIZER, unit=other)
        merge(cast, other)
        assert list(Grant.objects.filter(user=one).values_list("pk", "unit", "until")) == [
            (valid.pk, branch().pk, None)
        ]
        assert Entry.objects.filter(verb="access.revoked", thing=str(over.pk)).exists()


def test_ones_own_role_outlasts_one_that_is_lent(cast: Cast, other: Unit) -> None:
    with context.inside(cast.jia):
        lent = lend(held("secretary"))
        own = Grant.objects.create(user=cast.user("member"), role=Role.SECRETARY, unit=other)
        merge(cast, other)
        kept = Grant.objects.get(user=cast.user("member"), role=Role.SECRETARY)
        assert (kept.pk, kept.unit_id) == (own.pk, branch().pk)
        assert not Grant.objects.filter(pk=lent.pk).exists()


def test_a_role_that_is_still_to_begin_goes_along_and_is_counted(cast: Cast, other: Unit) -> None:
    with context.inside(cast.jia):
        one, begins = person("one"), today() + timedelta(days=3)
        coming = Grant.objects.create(user=one, role=Role.ORGANIZER, unit=other, since=begins)
        assert residency._grants_of([other]) == 1
        merge(cast, other)
        coming.refresh_from_db()
        assert (coming.unit_id, coming.since) == (branch().pk, begins)


def test_what_is_lent_goes_along_with_its_role_and_the_record_says_until_when(cast: Cast, other: Unit) -> None:
    with context.inside(cast.jia):
        one = person("one")
        source = Grant.objects.create(user=one, role=Role.ORGANIZER, unit=other, until=UNTIL)
        lent = lend(source)
        merge(cast, other)
        lent.refresh_from_db()
        assert (lent.unit_id, lent.delegated_from_id) == (branch().pk, source.pk)
        for moved in (source, lent):
            details = Entry.objects.get(verb="access.granted", thing=str(moved.pk)).details
            assert (details["until"], details["unit"]) == (UNTIL.isoformat(), branch().pk)
        assert details["delegated_from"] == source.pk
