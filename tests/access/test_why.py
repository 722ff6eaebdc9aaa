"""Why somebody can do something somewhere, or why not."""

from datetime import timedelta
from typing import Any

import pytest

from shared.clock import today
from tenants import context
from tests.access.people import branch, person, root
from tests.support.cast import Cast
from workspace.access.actions import offices
from workspace.access.models import Grant
from workspace.access.queries import may
from workspace.members.models import Member


def ask(cast: Cast, who: str, about: str, verb: str, unit: str = "第一党支部", *, expect: int = 200) -> Any:
    with context.inside(cast.jia):
        asked = {"person": cast.user(about).pk, "verb": verb, "unit": branch(unit).pk}
    answer = cast.signed_in(who).get("/api/v1/access-reasons/", asked)
    assert answer.status_code == expect, answer.content
    return answer.json()


def test_the_chain_names_role_unit_days_and_who_gave_it(cast: Cast) -> None:
    with context.inside(cast.jia):
        Grant.objects.filter(user=cast.user("secretary")).update(granted_by=cast.user("owner"))
    said = ask(cast, "owner", "secretary", "member.change")
    assert said["allowed"]
    (way,) = said["ways"]
    assert (way["role"], way["unit"], way["granted_by"], way["step"]) == ("支部书记", "第一党支部", "管理员", "lets")
    assert way["since"] == today().isoformat()


@pytest.mark.parametrize(
    ("change", "verb", "step"),
    [
        ({}, "unit.change", "lacks"),
        ({"until": today() - timedelta(days=1)}, "member.change", "over"),
        ({"since": today() + timedelta(days=1)}, "member.change", "not_yet"),
        ({"only": " dues "}, "member.change", "not_lent"),
    ],
)
def test_it_says_where_a_role_stops(cast: Cast, change: dict, verb: str, step: str) -> None:
    with context.inside(cast.jia):
        Grant.objects.filter(user=cast.user("secretary")).update(**change)
        assert not may(cast.user("secretary"), verb, branch())
    said = ask(cast, "owner", "secretary", verb)
    assert not said["allowed"] and [way["step"] for way in said["ways"]] == [step]
    assert "管理员" in said["granters"] and "单位管理员" in said["roles"]


def test_it_says_that_a_role_is_for_elsewhere(cast: Cast) -> None:
    said = ask(cast, "owner", "secretary", "member.change", "第二党支部")
    assert [way["step"] for way in said["ways"]] == ["elsewhere"]


def test_the_answer_agrees_with_may_for_everybody_everything_and_everywhere(cast: Cast) -> None:
    """The explanation is another piece of code than the decision; here they are held against one another."""
    from shared.permissions import catalogue
    from workspace.access.queries.roles import shapes
    from workspace.access.queries.why import explain
    from workspace.access.things import Thing

    with context.inside(cast.jia):
        owner = cast.user("owner")
        for number, shape in enumerate(shapes(visible_to=owner)):
            person(f"p{number}", shape.code, root() if shape.code in {"system", "security", "auditor"} else branch())
        everybody = {grant.user for grant in Grant.objects.select_related("user")}
        for user in everybody:
            for one in catalogue():
                for unit in (root(), branch(), branch("第二党支部")):
                    said = explain(user, one.verb, Thing("", unit), asked_by=owner, on=today()).allowed
                    assert said == may(user, one.verb, unit), (user, one.verb, unit)


def test_everybody_may_ask_about_themselves_where_they_look_and_about_nobody_else(cast: Cast) -> None:
    assert ask(cast, "member", "member", "activity.view")["allowed"]
    assert not ask(cast, "member", "member", "member.view")["allowed"]
    ask(cast, "member", "secretary", "member.view", expect=400)
    ask(cast, "member", "member", "activity.view", "第二党支部", expect=400)


def test_a_member_sees_their_own_record_because_it_is_theirs(cast: Cast) -> None:
    with context.inside(cast.jia):
        member = Member.objects.get(user=cast.user("member"))
        about = {"person": cast.user("member").pk, "verb": "member.view", "thing": f"member:{member.pk}"}
        other = Member.objects.get(user=cast.user("stranger"))
    client = cast.signed_in("member")
    said = client.get("/api/v1/access-reasons/", about).json()
    assert said["allowed"] and said["by_belonging"]
    assert client.get("/api/v1/access-reasons/", {**about, "thing": f"member:{other.pk}"}).status_code == 404
    assert client.get("/api/v1/access-reasons/", {**about, "thing": "nothing:1"}).status_code == 404


def test_who_may_look_into_roles_but_not_into_the_register_reads_a_surname(cast: Cast) -> None:
    with context.inside(cast.jia):
        chosen = {code: person(f"{code}1") for code in ("system", "security", "auditor")}
        offices.put_apart(chosen, by=cast.user("owner"))
        member = Member.objects.get(user=cast.user("member"))
        pk = cast.user("secretary").pk
    where = f"/access/why/?person={pk}&verb=member.view&thing=member:{member.pk}"
    page = cast.signed_in("auditor1").get(where).content.decode()
    assert (
        "李书记可以：查看名册和党员资料（王*）" in page and "王党员" not in page.split("</form>")[0].split("<form")[0]
    )


def test_the_page_shows_it(cast: Cast) -> None:
    with context.inside(cast.jia):
        pk, unit = cast.user("stranger").pk, branch().pk
    admin = cast.signed_in("owner")
    page = admin.get(f"/access/why/?person={pk}&verb=member.view&unit={unit}").content.decode()
    assert "赵外人不可以" in page and "角色不含这项权限" in page and "可以授予角色的人" in page
    # From the page of a person only the person is known: nothing is wrong, the rest is asked.
    begun = admin.get(f"/access/why/?person={pk}").content.decode()
    assert "选一个人" in begun and "aria-invalid" not in begun


def test_a_closed_account_can_do_nothing(cast: Cast) -> None:
    with context.inside(cast.jia):
        user = cast.user("secretary")
        user.is_active = False
        user.save()
    assert not ask(cast, "owner", "secretary", "member.change")["allowed"]
