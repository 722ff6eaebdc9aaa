"""Roles: who gives them, who takes them away, and the one that must stay."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.clock import today
from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from workspace.access.actions import grants, people
from workspace.access.actions.last import LastAdministrator
from workspace.access.models import Grant, OwnRole, Role
from workspace.access.queries import may, people_who, units_where, verbs_of
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.organization.models import Unit


def branch(name: str = "第一党支部") -> Unit:
    return Unit.objects.get(name=name)


def test_an_administrator_gives_a_role_and_the_person_may(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, stranger = cast.user("owner"), cast.user("stranger")
        assert not may(stranger, "member.change", branch())
        given = grants.grant(stranger, Role.SECRETARY, branch(), by=owner)
        assert may(stranger, "member.change", branch())
        assert Entry.objects.get(verb="access.granted", thing=str(given.pk)).by == owner


def test_a_role_with_an_end_is_over_the_day_after(cast: Cast) -> None:
    with context.inside(cast.jia):
        stranger = cast.user("stranger")
        given = grants.grant(stranger, Role.SECRETARY, branch(), by=cast.user("owner"), until=today())
        assert may(stranger, "member.change", branch())
        Grant.objects.filter(pk=given.pk).update(until=today() - timedelta(days=1))
        assert not may(stranger, "member.change", branch())
        assert "member.change" not in verbs_of(stranger)


def test_a_role_that_is_over_can_be_given_anew(cast: Cast) -> None:
    with context.inside(cast.jia):
        stranger, owner = cast.user("stranger"), cast.user("owner")
        given = grants.grant(stranger, Role.SECRETARY, branch(), by=owner, until=today())
        Grant.objects.filter(pk=given.pk).update(until=today() - timedelta(days=1))
        grants.grant(stranger, Role.SECRETARY, branch(), by=owner)
        assert may(stranger, "member.change", branch())
        with pytest.raises(grants.AlreadyGranted):
            grants.grant(stranger, Role.SECRETARY, branch(), by=owner)


@pytest.mark.parametrize("who", ["secretary", "member", "stranger"])
def test_nobody_else_gives_or_takes_roles(cast: Cast, who: str) -> None:
    with context.inside(cast.jia):
        by = cast.user(who)
        with pytest.raises(grants.MayNotGrant):
            grants.grant(by, Role.ADMIN, branch(), by=by)
        with pytest.raises(grants.MayNotGrant):
            grants.revoke(Grant.objects.get(user=cast.user("secretary")), by=by)


def test_the_last_administrator_cannot_go(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner = cast.user("owner")
        held = Grant.objects.get(user=owner)
        with pytest.raises(LastAdministrator):
            grants.revoke(held, by=owner)
        second = grants.grant(cast.user("secretary"), Role.ADMIN, Unit.objects.get(depth=1), by=owner)
        grants.revoke(held, by=owner)
        with pytest.raises(LastAdministrator):
            grants.revoke(second, by=cast.user("secretary"))


def test_an_administrator_whose_role_ends_does_not_count(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, secretary, root = cast.user("owner"), cast.user("secretary"), Unit.objects.get(depth=1)
        held = Grant.objects.get(user=owner)
        grants.grant(secretary, Role.ADMIN, root, by=owner, until=today() + timedelta(days=1))
        with pytest.raises(LastAdministrator):
            grants.revoke(held, by=secretary)
        with pytest.raises(LastAdministrator):
            people.close_account(owner, by=secretary)
        with pytest.raises(LastAdministrator):
            grants.change_end(held, until=today() + timedelta(days=90), by=secretary)
        held.refresh_from_db()
        assert held.until is None


def test_two_administrators_cannot_give_each_other_an_end(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, secretary = cast.user("owner"), cast.user("secretary")
        first, end = Grant.objects.get(user=owner), today() + timedelta(days=90)
        second = grants.grant(secretary, Role.ADMIN, Unit.objects.get(depth=1), by=owner)
        grants.change_end(first, until=end, by=secretary)
        with pytest.raises(LastAdministrator):
            grants.change_end(second, until=end, by=owner)
        # One whose role ends may be given longer, or go: another stays.
        grants.change_end(first, until=end + timedelta(days=30), by=secretary)
        grants.revoke(first, by=secretary)


def test_a_second_administrator_who_cannot_sign_in_does_not_count(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, root = cast.user("owner"), Unit.objects.get(depth=1)
        for username, more in (("never", {}), ("closed", {"is_active": False})):
            user = User.objects.create_user(username, PASSWORD if more else None, name="某人", **more)
            grants.grant(user, Role.ADMIN, root, by=owner)
        with pytest.raises(LastAdministrator):
            grants.revoke(Grant.objects.get(user=owner), by=owner)


def test_the_last_administrators_account_cannot_be_closed(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, secretary = cast.user("owner"), cast.user("secretary")
        with pytest.raises(people.NotYourself):
            people.close_account(owner, by=owner)
        # An administrator of the tree whose own role ends today may still not shut the other one out for good.
        held = grants.grant(secretary, Role.ADMIN, Unit.objects.get(depth=1), by=owner)
        User.objects.filter(pk=secretary.pk).update(password="!")
        secretary.refresh_from_db()
        with pytest.raises(LastAdministrator):
            people.close_account(owner, by=held.user)


def test_a_closed_account_is_out_at_once_and_may_come_back(cast: Cast) -> None:
    member = Client("jia")
    member.post("/sign-in/", {"username": "member", "password": PASSWORD})
    admin = cast.signed_in("owner")
    with context.inside(cast.jia):
        pk = cast.user("member").pk
    assert member.get("/api/v1/me/").status_code == 200
    admin.post(f"/access/people/{pk}/close/", {"confirmed": "yes"})
    assert member.get("/api/v1/me/").status_code == 401
    admin.post(f"/access/people/{pk}/reopen/")
    assert member.post("/sign-in/", {"username": "member", "password": PASSWORD}).status_code == 302


def test_the_list_finds_people_by_name_phone_and_role(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(phone="13800001111")
    admin = cast.signed_in("owner")

    def found(query: str) -> set[str]:
        page = admin.get(f"/access/people/?{query}").content.decode()
        return {name for name in ("管理员", "李书记", "王党员", "赵外人") if f">{name}</a>" in page}

    assert found("") == {"管理员", "李书记", "王党员", "赵外人"}
    assert found("q=王") == found("q=138+0000+1111") == found("q=member&role=member") == {"王党员"}
    assert found("role=secretary") == {"李书记"}
    assert found("q=%25") == set()
    assert "13800001111" not in admin.get("/access/people/").content.decode()


def test_the_page_of_a_person_gives_and_takes_roles(cast: Cast) -> None:
    admin = cast.signed_in("owner")
    with context.inside(cast.jia):
        stranger, unit = cast.user("stranger"), branch()
    page = f"/access/people/{stranger.pk}/"
    assert admin.post(page, {"role": "committee", "unit": unit.pk})["Location"] == page
    with context.inside(cast.jia):
        held = Grant.objects.get(user=stranger, role="committee")
    asked = admin.post(f"/access/grants/{held.pk}/revoke/")
    assert "收回角色" in asked.content.decode()
    admin.post(f"/access/grants/{held.pk}/revoke/", {"confirmed": "yes"})
    with context.inside(cast.jia):
        assert not Grant.objects.filter(pk=held.pk).exists()


def test_a_refused_revocation_is_said_on_the_page(cast: Cast) -> None:
    admin = cast.signed_in("owner")
    with context.inside(cast.jia):
        held = Grant.objects.get(user=cast.user("owner"))
    referer = f"http://jia.localhost/access/people/{held.user_id}/"
    answer = admin.post(
        f"/access/grants/{held.pk}/revoke/", {"confirmed": "yes"}, headers={"Referer": referer}, follow=True
    )
    assert "最后一位单位管理员" in answer.content.decode()
    with context.inside(cast.jia):
        assert Grant.objects.filter(pk=held.pk).exists()


@pytest.mark.parametrize("who", ["secretary", "member", "stranger"])
def test_people_pages_are_not_there_for_others(cast: Cast, who: str) -> None:
    with context.inside(cast.jia):
        pk = cast.user("member").pk
        held = Grant.objects.get(user=cast.user("member")).pk
    client = cast.signed_in(who)
    assert client.get("/access/people/").status_code == 404
    assert client.get(f"/access/people/{pk}/").status_code == 404
    assert client.post(f"/access/people/{pk}/link/").status_code == 404
    assert client.post(f"/access/people/{pk}/close/", {"confirmed": "yes"}).status_code == 404
    assert client.post(f"/access/grants/{held}/revoke/", {"confirmed": "yes"}).status_code == 404


def test_a_one_time_link_is_made_for_someone_without_a_mailbox_and_recorded(cast: Cast) -> None:
    admin = cast.signed_in("owner")
    with context.inside(cast.jia):
        pk = cast.user("member").pk
    page = admin.post(f"/access/people/{pk}/link/").content.decode()
    start = page.index("http://jia.localhost/reset/")
    path = page[start : page.index('"', start)].removeprefix("http://jia.localhost")
    new = {"password": "Brand-new-pass-7", "again": "Brand-new-pass-7"}
    assert Client("jia").post(path, new).status_code == 302
    with context.inside(cast.jia):
        assert Entry.objects.filter(verb="account.link_made", thing=str(pk)).exists()


def test_menus_show_an_entry_to_those_who_may(cast: Cast) -> None:
    assert "/access/people/" in cast.signed_in("owner").get("/me/").content.decode()
    page = cast.signed_in("secretary").get("/me/").content.decode()
    assert "/access/people/" not in page and "/access/invitations/" in page
    page = cast.signed_in("member").get("/me/").content.decode()
    assert page.count("/access/") == page.count("/access/mine/") == 1


def test_an_administrator_of_one_branch_sees_and_grants_there_only(cast: Cast) -> None:
    with context.inside(cast.jia):
        secretary, stranger, member = (cast.user(name) for name in ("secretary", "stranger", "member"))
        grants.grant(secretary, Role.ADMIN, branch(), by=cast.user("owner"))
        other = branch("第二党支部").pk
        theirs = Grant.objects.get(user=stranger)
    client = cast.signed_in("secretary")
    page = client.get("/access/people/").content.decode()
    assert "王党员" in page and "赵外人" not in page
    assert client.get(f"/access/people/{stranger.pk}/").status_code == 404
    assert client.post(f"/access/grants/{theirs.pk}/revoke/", {"confirmed": "yes"}).status_code == 404
    refused = client.post(f"/access/people/{member.pk}/", {"role": "admin", "unit": other})
    assert "unit" in refused.context["form"].errors
    # Accounts are the whole workspace's: only who holds all of it closes one or makes a link into one.
    assert client.post(f"/access/people/{member.pk}/close/", {"confirmed": "yes"}).status_code == 403
    assert client.post(f"/access/people/{member.pk}/link/").status_code == 403
    body = {"user": stranger.pk, "role": "member", "unit": branch_pk(cast)}
    assert client.post("/api/v1/grants/", body, content_type="application/json").status_code == 400


def branch_pk(cast: Cast) -> int:
    with context.inside(cast.jia):
        return branch().pk


@pytest.mark.parametrize(
    ("asked", "queries"),
    [
        (lambda user, unit: may(user, "member.view", unit), 1),
        (lambda user, unit: units_where(user, "member.view").exists(), 2),
        (lambda user, unit: verbs_of(user), 1),
        (lambda user, unit: list(people_who("member.view", unit)), 1),
    ],
    ids=["may", "units_where", "verbs_of", "people_who"],
)
def test_what_every_request_asks_costs_one_query_whatever_roles_are_held(
    cast: Cast, asked: Callable[[User, Unit], object], queries: int
) -> None:
    with context.inside(cast.jia):
        secretary, unit = cast.user("secretary"), branch()
        own = OwnRole.objects.create(name="名册员", verbs=["member.view"])
        Grant.objects.create(user=secretary, role=own.code, unit=branch("第二党支部"))
        with CaptureQueriesContext(connection) as captured:
            asked(secretary, unit)
        assert len(captured) == queries


def test_a_closed_account_is_shown_on_the_page_of_people(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="stranger").update(is_active=False)
    page = cast.signed_in("owner").get("/access/people/")
    assert page.status_code == 200 and "已停用" in page.content.decode()
