"""Roles have a beginning and an end; accounts that nobody uses are closed by somebody."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from shared.clock import now, today
from tenants import context
from tests.access.people import branch, held, person, root
from tests.support.cast import Cast
from workspace.access.actions import grants
from workspace.access.actions.leaving import end_access
from workspace.access.models import Grant
from workspace.access.queries import may
from workspace.access.queries.ending import idle_accounts
from workspace.access.tasks import remind
from workspace.accounts.models import Token, User
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.actions.leaving import leave
from workspace.members.models import Member

TOMORROW = today() + timedelta(days=1)


def test_a_role_begins_on_its_day(cast: Cast) -> None:
    with context.inside(cast.jia):
        stranger = cast.user("stranger")
        grants.grant(stranger, "secretary", branch(), by=cast.user("owner"), since=TOMORROW)
        assert not may(stranger, "member.change")
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            assert may(stranger, "member.change", branch())


def test_it_may_not_end_before_it_begins(cast: Cast) -> None:
    with context.inside(cast.jia), pytest.raises(grants.EndsBeforeItBegins):
        grants.grant(cast.user("stranger"), "secretary", branch(), by=cast.user("owner"), since=TOMORROW, until=today())


def test_what_ends_soon_is_listed_and_given_longer(cast: Cast) -> None:
    admin = cast.signed_in("owner")
    with context.inside(cast.jia):
        grant = held("secretary")
        Grant.objects.filter(pk=grant.pk).update(until=TOMORROW)
    page = admin.get("/access/ending/").content.decode()
    assert "李书记" in page and f"/access/grants/{grant.pk}/end/" in page
    assert [one["id"] for one in admin.get("/api/v1/grants/?ending=7").json()["results"]] == [grant.pk]
    later = today() + timedelta(days=300)
    admin.post(f"/access/grants/{grant.pk}/end/", {"until": later.isoformat()})
    assert "李书记" not in admin.get("/access/ending/").content.decode()
    with context.inside(cast.jia):
        said = Entry.objects.get(verb="access.end_changed").details
        assert (said["before"], said["until"]) == (TOMORROW.isoformat(), later.isoformat())
    patched = admin.patch(f"/api/v1/grants/{grant.pk}/", {"until": None}, "application/json")
    assert (patched.status_code, patched.json()["until"]) == (200, None)


def test_nobody_gives_themselves_longer(cast: Cast) -> None:
    with context.inside(cast.jia):
        second = person("second", "admin", root())
        mine = Grant.objects.get(user=second)
        with pytest.raises(grants.NotToYourself):
            grants.change_end(mine, until=None, by=second)


def test_a_branch_administrator_gives_no_more_than_they_hold(cast: Cast) -> None:
    with context.inside(cast.jia):
        secretary = cast.user("secretary")
        source = Grant.objects.get(user=cast.user("owner"))
        Grant.objects.create(user=secretary, role="admin", unit=branch(), delegated_from=source, only=" access ")
        with pytest.raises(grants.MoreThanYouHold, match="新建、修改、调整和撤销组织"):
            grants.grant(cast.user("stranger"), "manager", branch(), by=secretary)
        grants.grant(cast.user("stranger"), "organizer", branch(), by=secretary)


def test_who_holds_it_and_who_may_give_it_longer_are_told_once(cast: Cast) -> None:
    with context.inside(cast.jia):
        Grant.objects.filter(pk=held("secretary").pk).update(until=today() + timedelta(days=9))
        remind()
        remind()
        told = Message.objects.filter(title__contains="支部书记（第一党支部）到")
        assert sorted(told.values_list("to__name", flat=True)) == ["李书记", "管理员"]


def test_leaving_the_register_ends_access_at_the_next_request(cast: Cast) -> None:
    secretary = cast.signed_in("secretary")
    assert secretary.get("/members/").status_code == 200
    with context.inside(cast.jia):
        member = Member.objects.get(user=cast.user("secretary"))
        leave(member, on=today(), reason="transferred", note="", by=cast.user("owner"))
        assert Entry.objects.filter(verb="access.revoked", details__why="member.left").exists()
    assert secretary.get("/members/")["Location"] == "/members/me/"


def test_leaving_a_unit_ends_what_rests_on_it_alone(cast: Cast) -> None:
    with context.inside(cast.jia):
        secretary = cast.user("secretary")
        Grant.objects.create(user=secretary, role="committee", unit=branch("第二党支部"))
        end_access(secretary, by=cast.user("owner"), why="transfer", unit=branch())
        assert not may(secretary, "member.view", branch()) and may(secretary, "member.view", branch("第二党支部"))


def test_the_appointed_administrator_stays_one(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner = cast.user("owner")
        assert end_access(owner, by=None, why="member.left") == []
        assert may(owner, "access.grant", root())


def test_accounts_unused_for_ninety_days_are_listed_and_closed_by_a_person(cast: Cast) -> None:
    long_ago = now() - timedelta(days=91)
    with context.inside(cast.jia):
        User.objects.filter(username__in=["member", "stranger", "secretary"]).update(created_at=long_ago)
        User.objects.filter(username="secretary").update(last_login=now())
        stranger = cast.user("stranger")
        Token.objects.create(
            name="程序", digest="0" * 64, hint="tx_", created_by=stranger, last_used_at=now() - timedelta(days=2)
        )
        # A program of the stranger's works every day: the account is in use.
        assert [one.username for one in idle_accounts(visible_to=cast.user("owner"), at=now())] == ["member"]
        pk = cast.user("member").pk
    admin = cast.signed_in("owner")
    page = admin.get("/access/idle/").content.decode()
    assert "王党员" in page and "赵外人" not in page
    asked = admin.post("/access/idle/", {"act": "close", "chosen": [pk]}).content.decode()
    assert "1 个账号" in asked
    admin.post("/access/idle/", {"act": "close", "chosen": [pk], "confirmed": "yes"})
    with context.inside(cast.jia):
        assert not cast.user("member").is_active
        assert Entry.objects.filter(verb="account.closed", thing=str(pk)).exists()


def test_programs_see_and_close_them_too(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(created_at=now() - timedelta(days=91))
        pk = cast.user("member").pk
    assert cast.signed_in("secretary").get("/api/v1/idle-accounts/").json()["count"] == 0
    admin = cast.signed_in("owner")
    assert [one["id"] for one in admin.get("/api/v1/idle-accounts/").json()["results"]] == [pk]
    assert admin.post(f"/api/v1/idle-accounts/{pk}/closing/").status_code == 204
    with context.inside(cast.jia):
        assert not cast.user("member").is_active


def test_on_the_first_of_a_month_those_who_keep_accounts_hear_of_idle_ones(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(created_at=now() - timedelta(days=400))
        first = (now() + timedelta(days=32)).replace(day=1, hour=4)
        with time_machine.travel(first):
            remind()
            remind()
        assert Message.objects.filter(title__contains="超过九十天没有使用").count() == 1


@pytest.mark.parametrize("path", ["/access/ending/", "/access/idle/", "/access/separation/"])
def test_these_pages_are_not_there_for_a_secretary(cast: Cast, path: str) -> None:
    assert cast.signed_in("secretary").get(path).status_code == 404
