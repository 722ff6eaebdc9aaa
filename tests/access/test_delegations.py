"""Somebody stands in while a colleague is away."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from shared.clock import today
from tenants import context
from tests.access.people import SINCE, UNTIL, branch, held, person
from tests.support.cast import Cast
from workspace.access.actions import delegations, grants
from workspace.access.models import Grant
from workspace.access.queries import may, verbs_of
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.models import Member


def lend(cast: Cast, *, to: str = "member", **how: object) -> Grant:
    """The secretary asks a member of the branch."""
    days = {"since": SINCE, "until": UNTIL, "reason": "外出学习", **how}
    return delegations.delegate(held("secretary"), to=cast.user(to), by=cast.user("secretary"), **days)


def test_a_colleague_may_do_what_was_lent_until_the_day_and_not_after(cast: Cast) -> None:
    with context.inside(cast.jia):
        member = cast.user("member")
        assert not may(member, "member.change", branch())
        lend(cast)
        assert may(member, "member.change", branch())
        with time_machine.travel(timezone.now() + timedelta(days=11)):
            assert not may(member, "member.change", branch())


def test_it_begins_on_its_day(cast: Cast) -> None:
    with context.inside(cast.jia):
        lend(cast, since=today() + timedelta(days=2))
        assert not may(cast.user("member"), "member.change")
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            assert may(cast.user("member"), "member.change", branch())


def test_a_part_can_be_lent(cast: Cast) -> None:
    with context.inside(cast.jia):
        lend(cast, only=["activities"])
        member = cast.user("member")
        assert may(member, "activity.change", branch()) and not may(member, "member.view")
        assert "member.view" not in verbs_of(member) and "activity.change" in verbs_of(member)


def test_it_ends_with_the_role_it_comes_from(cast: Cast) -> None:
    with context.inside(cast.jia):
        lent = lend(cast)
        grants.revoke(held("secretary"), by=cast.user("owner"))
        assert not may(cast.user("member"), "member.change")
        assert Entry.objects.filter(verb="access.revoked", thing=str(lent.pk)).exists()


def test_a_shorter_role_makes_what_was_lent_of_it_shorter(cast: Cast) -> None:
    with context.inside(cast.jia):
        lent = lend(cast)
        grants.change_end(held("secretary"), until=today() + timedelta(days=3), by=cast.user("owner"))
        lent.refresh_from_db()
        assert lent.until == today() + timedelta(days=3)


def test_a_role_given_anew_with_an_earlier_end_makes_what_was_lent_of_it_shorter(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, secretary, earlier = cast.user("owner"), cast.user("secretary"), today() + timedelta(days=3)
        grants.change_end(held("secretary"), until=UNTIL, by=owner)
        lent = lend(cast)
        grants.grant(secretary, "secretary", branch(), by=owner, until=earlier)
        lent.refresh_from_db()
        assert lent.until == earlier


def test_it_can_be_ended_early_by_both_and_by_nobody_else(cast: Cast) -> None:
    with context.inside(cast.jia):
        lent = lend(cast)
        with pytest.raises(delegations.NotYoursToEnd):
            delegations.end(lent, by=cast.user("stranger"))
        delegations.end(lent, by=cast.user("member"))
        assert not may(cast.user("member"), "member.change")
        assert Message.objects.filter(to=cast.user("secretary"), title__contains="提前结束").exists()


def test_what_was_lent_cannot_be_lent_on(cast: Cast) -> None:
    with context.inside(cast.jia):
        lent, third = lend(cast), person("third", "committee")
        with pytest.raises(delegations.NotYoursToLend):
            delegations.delegate(lent, to=third, since=SINCE, until=UNTIL, reason="", by=cast.user("member"))


def test_only_ones_own_more_than_membership_and_within_ones_days(cast: Cast) -> None:
    with context.inside(cast.jia):
        with pytest.raises(delegations.NotYoursToLend):
            delegations.delegate(
                held("secretary"), to=cast.user("member"), since=SINCE, until=UNTIL, reason="", by=cast.user("owner")
            )
        with pytest.raises(delegations.NothingToLend):
            delegations.delegate(
                held("member"), to=cast.user("secretary"), since=SINCE, until=UNTIL, reason="", by=cast.user("member")
            )
        with pytest.raises(delegations.WrongDays):
            lend(cast, until=today() + timedelta(days=400))
        with pytest.raises(delegations.WrongDays):
            lend(cast, since=today() - timedelta(days=1))
        Grant.objects.filter(pk=held("secretary").pk).update(until=today() + timedelta(days=5))
        with pytest.raises(delegations.WrongDays):
            lend(cast)


def test_the_record_says_for_whom_and_only_where_it_was_needed(cast: Cast) -> None:
    with context.inside(cast.jia):
        lend(cast)
        colleague = Member.objects.create(unit=branch(), name="孙党员")
    client = cast.signed_in("member")
    left = {"on": today().isoformat(), "reason": "deceased", "note": "x"}
    client.post(f"/members/{colleague.pk}/leaving/", left)
    with context.inside(cast.jia):
        assert Entry.objects.get(verb="member.left").by_name == "王党员（代李书记）"
    # What the person may do without the lent role is done in their own name.
    client.post("/voice/new/", {"kind": "question", "title": "问", "text": "问", "unit": branch_pk(cast)})
    with context.inside(cast.jia):
        own = Entry.objects.exclude(verb="member.left").filter(by=cast.user("member")).latest("pk")
        assert own.by_name == "王党员"


def test_a_lent_role_becomes_ones_own_when_it_is_granted(cast: Cast) -> None:
    with context.inside(cast.jia):
        lend(cast)
        grants.grant(cast.user("member"), "secretary", branch(), by=cast.user("owner"))
        mine = Grant.objects.get(user=cast.user("member"), role="secretary")
        assert (mine.delegated_from, mine.until, mine.only) == (None, None, "")


def test_closing_the_account_ends_what_others_do_in_its_stead(cast: Cast) -> None:
    from workspace.access.actions import people

    with context.inside(cast.jia):
        lend(cast)
        people.close_account(cast.user("secretary"), by=cast.user("owner"))
        assert not may(cast.user("member"), "member.change")


def test_the_page_lends_and_ends(cast: Cast) -> None:
    secretary = cast.signed_in("secretary")
    with context.inside(cast.jia):
        asked = {"held": held("secretary").pk, "to": cast.user("member").pk, "only": ["members", "activities"]}
    asked |= {"since": SINCE.isoformat(), "until": UNTIL.isoformat(), "reason": "休假"}
    assert secretary.post("/access/delegations/new/", asked)["Location"] == "/access/mine/"
    assert "王党员" in secretary.get("/access/mine/").content.decode()
    member = cast.signed_in("member")
    assert "我代" in member.get("/access/mine/").content.decode()
    with context.inside(cast.jia):
        lent = Grant.objects.get(delegated_from__isnull=False)
        assert lent.groups == {"members", "activities"}
    assert cast.signed_in("stranger").post(f"/access/delegations/{lent.pk}/end/").status_code == 404
    member.post(f"/access/delegations/{lent.pk}/end/", {"confirmed": "yes"})
    with context.inside(cast.jia):
        assert not Grant.objects.filter(delegated_from__isnull=False).exists()


def test_the_interface_for_programs_does_the_same(cast: Cast) -> None:
    secretary = cast.signed_in("secretary")
    with context.inside(cast.jia):
        body = {"delegated_from": held("secretary").pk, "user": cast.user("member").pk, "reason": "休假"}
        stranger = cast.user("stranger").pk
    body |= {"since": SINCE.isoformat(), "until": UNTIL.isoformat(), "groups": ["members"]}
    # A person of another branch is not among the colleagues.
    refused = secretary.post("/api/v1/delegations/", {**body, "user": stranger}, "application/json")
    assert refused.status_code == 400
    made = secretary.post("/api/v1/delegations/", body, "application/json")
    assert (made.status_code, made.json()["groups"]) == (201, ["members"])
    assert cast.signed_in("stranger").get("/api/v1/delegations/").json()["count"] == 0
    assert cast.signed_in("member").delete(f"/api/v1/delegations/{made.json()['id']}/").status_code == 204


def branch_pk(cast: Cast) -> int:
    with context.inside(cast.jia):
        return branch().pk
