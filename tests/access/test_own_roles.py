"""Roles that a workspace makes for itself."""

import pytest

from tenants import context
from tests.access.people import branch, person, root
from tests.support.cast import Cast
from workspace.access.actions import grants, roles
from workspace.access.models import Grant, OwnRole
from workspace.access.queries import may, people_who, units_where, verbs_of
from workspace.audit.models import Entry
from workspace.members.queries.visibility import members_where


def make(cast: Cast, *verbs: str, name: str = "名册员") -> OwnRole:
    return roles.create_role(name, verbs, by=cast.user("owner"))


def test_a_role_of_ones_own_lets_do_what_it_holds_and_no_more(cast: Cast) -> None:
    with context.inside(cast.jia):
        made = make(cast, "member.view", "unit.view")
        clerk = person("clerk")
        grants.grant(clerk, made.code, branch(), by=cast.user("owner"))
        assert verbs_of(clerk) == {"member.view", "unit.view"}
        assert may(clerk, "member.view", branch()) and not may(clerk, "member.view", branch("第二党支部"))
        assert not may(clerk, "member.change")
        assert list(units_where(clerk, "member.view")) == [branch()]
        assert members_where(clerk, "member.view").exists()
        assert clerk in people_who("member.view", branch())


def test_a_change_takes_effect_at_once_and_is_recorded(cast: Cast) -> None:
    with context.inside(cast.jia):
        made = make(cast, "member.view")
        clerk = person("clerk", made.code)
        roles.change_role(made, name="名册员", verbs=["activity.view"], by=cast.user("owner"))
        assert not may(clerk, "member.view") and may(clerk, "activity.view", branch())
        said = Entry.objects.get(verb="role.changed").details
        assert (said["added"], said["removed"]) == (["activity.view"], ["member.view"])


def test_only_party_work_goes_into_a_role(cast: Cast) -> None:
    with context.inside(cast.jia), pytest.raises(roles.OnlyPartyWork):
        make(cast, "member.view", "access.grant")


def test_nothing_goes_into_a_role_that_its_maker_does_not_hold(cast: Cast) -> None:
    with context.inside(cast.jia):
        system = person("sys")
        shaper = person("shaper")
        Grant.objects.create(user=shaper, role="secretary", unit=root())
        # Somebody with the duty of security by lending, but without the office, gives what they hold themselves.
        source = Grant.objects.get(user=cast.user("owner"))
        Grant.objects.create(user=shaper, role="admin", unit=root(), delegated_from=source, only=" access ")
        assert may(shaper, "access.role", root())
        roles.create_role("甲", ["member.view"], by=shaper)
        with pytest.raises(roles.MoreThanYouHold):
            roles.create_role("乙", ["unit.change"], by=shaper)
        with pytest.raises(roles.MayNotShapeRoles):
            roles.create_role("丙", ["member.view"], by=system)


def test_nobody_adds_to_a_role_that_they_hold_themselves(cast: Cast) -> None:
    with context.inside(cast.jia):
        made = make(cast, "member.view")
        owner = cast.user("owner")
        Grant.objects.create(user=owner, role=made.code, unit=branch())
        with pytest.raises(roles.NotYours):
            roles.change_role(made, name=made.name, verbs=["member.view", "dues.view"], by=owner)
        roles.change_role(made, name="改名", verbs=["member.view"], by=owner)


def test_a_role_that_somebody_holds_is_not_deleted(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, made = cast.user("owner"), make(cast, "member.view")
        clerk = person("clerk", made.code)
        with pytest.raises(roles.StillHeld, match="1 人"):
            roles.delete_role(made, by=owner)
        clerk.grants.all().delete()
        roles.delete_role(made, by=owner)
        assert not OwnRole.objects.exists()


def test_names_do_not_repeat_nor_pass_for_a_built_in_role(cast: Cast) -> None:
    with context.inside(cast.jia):
        make(cast, "member.view")
        for name in ("名册员", "支部书记"):
            with pytest.raises(roles.NameTaken):
                make(cast, "member.view", name=name)


def test_the_page_makes_previews_changes_and_deletes_a_role(cast: Cast) -> None:
    admin = cast.signed_in("owner")
    page = admin.get("/access/roles/new/?copy=discipline").content.decode()
    assert "纪检委员（副本）" in page
    assert admin.post("/access/roles/new/", {"name": "名册员", "verbs": ["member.view"]}).status_code == 302
    with context.inside(cast.jia):
        made = OwnRole.objects.get()
        grants.grant(cast.user("stranger"), made.code, branch(), by=cast.user("owner"))
    there = f"/access/roles/{made.pk}/"
    change = {"name": "名册员", "verbs": ["member.view", "dues.view"]}
    preview = admin.post(there, change).content.decode()
    assert "增加：查看党费台账" in preview and "影响 1 人：赵外人（第一党支部）" in preview
    with context.inside(cast.jia):
        assert OwnRole.objects.get().verbs == ["member.view"]
    assert admin.post(there, {**change, "confirmed": "yes"})["Location"] == "/access/roles/"
    with context.inside(cast.jia):
        assert OwnRole.objects.get().verbs == ["dues.view", "member.view"]
        Grant.objects.filter(role=made.code).delete()
    admin.post(f"{there}delete/", {"confirmed": "yes"})
    with context.inside(cast.jia):
        assert not OwnRole.objects.exists()


def test_the_matrix_shows_every_role_with_its_marks_and_people(cast: Cast) -> None:
    with context.inside(cast.jia):
        make(cast, "member.view")
    page = cast.signed_in("owner").get("/access/roles/").content.decode()
    assert all(name in page for name in ("单位管理员", "纪检委员", "名册员", "查看名册和党员资料"))
    assert 'href="/access/people/?role=secretary">1 人' in page


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_roles_are_not_there_for_others(cast: Cast, who: str) -> None:
    with context.inside(cast.jia):
        pk = make(cast, "member.view").pk
    client = cast.signed_in(who)
    for path in ("/access/roles/", "/access/roles/new/", f"/access/roles/{pk}/", f"/access/roles/{pk}/delete/"):
        assert client.get(path).status_code == 404
    assert client.get("/api/v1/roles/").status_code == 404
    body = {"name": "甲", "verbs": ["member.view"]}
    assert client.post("/api/v1/roles/", body, "application/json").status_code == 403


def test_the_interface_for_programs_does_the_same(cast: Cast) -> None:
    admin = cast.signed_in("owner")
    said = admin.post("/api/v1/roles/", {"name": "名册员", "verbs": ["member.view"]}, "application/json")
    assert (said.status_code, said.json()["is_own"]) == (201, True)
    there = f"/api/v1/roles/{said.json()['id']}/"
    assert admin.patch(there, {"verbs": ["dues.view"]}, "application/json").json()["verbs"] == ["dues.view"]
    refused = admin.post("/api/v1/roles/", {"name": "乙", "verbs": ["access.grant"]}, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (400, "only_party_work")
    assert admin.delete(there).status_code == 204
    catalogue = {one["verb"]: one for one in admin.get("/api/v1/permissions/").json()}
    assert catalogue["access.grant"]["roles"] == ["admin", "security"]
