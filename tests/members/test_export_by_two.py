"""Taking more than two hundred people away in full needs a second person; less, or masked, needs none."""

from datetime import timedelta

import pytest
import time_machine

from shared.clock import now
from tenants import context, lifecycle
from tests.members.people import fill
from tests.support.cast import PASSWORD, Cast, Client
from tests.support.jobs import run_jobs
from workspace.access.models import Consent, Grant, Role
from workspace.access.queries.consents import waiting_for
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.models import Member
from workspace.organization.models import Unit

PAGE = "/members/export/"
IN_FULL = {"form": "csv", "whole": "on", "reason": "上级组织部统计"}
API = "/api/v1/member-exports/"


@pytest.fixture
def many(cast: Cast) -> int:
    """A branch of more people than one person takes away alone."""
    with context.inside(cast.jia):
        fill(201, Unit.objects.get(name="第二党支部"))
        return Member.objects.present().count()


@pytest.fixture
def owner(cast: Cast) -> Client:
    return cast.signed_in("owner")


@pytest.fixture
def second(cast: Cast) -> Client:
    """Another administrator of the whole."""
    with context.inside(cast.jia):
        made = User.objects.create_user("second", PASSWORD, name="吴副书记")
        Grant.objects.create(user=made, role=Role.ADMIN, unit=Unit.objects.get(depth=1))
    return cast.signed_in("second")


def back(cast: Cast, name: str) -> Client:
    """Signed in anew, after days."""
    client = Client("jia")
    with context.inside(cast.jia):
        client.force_login(User.objects.get(name=name))
    return client


def consent(cast: Cast) -> Consent:
    with context.inside(cast.jia):
        return Consent.objects.latest("pk")


def verbs(cast: Cast) -> list[str]:
    with context.inside(cast.jia):
        rows = Entry.objects.filter(verb__regex=r"^(consent\.|members\.exported)").order_by("pk")
        return list(rows.values_list("verb", flat=True))


def told(cast: Cast, name: str) -> list[str]:
    with context.inside(cast.jia):
        return list(Message.objects.filter(to__name=name, link__contains="consents").values_list("title", flat=True))


def number_of(cast: Cast) -> str:
    with context.inside(cast.jia):
        return str(Member.objects.exclude(phone="").exclude(phone=None).latest("pk").phone)


@pytest.mark.usefixtures("many")
def test_one_asks_another_agrees_and_the_file_comes(cast: Cast, owner: Client, second: Client) -> None:
    asked = owner.post(PAGE, IN_FULL)
    row = consent(cast)
    assert asked["Location"] == f"/access/consents/{row.pk}/"
    run_jobs()
    mine = owner.get(f"/access/consents/{row.pk}/").content.decode()
    assert "待复核" in mine and "吴副书记" in mine and "同意</button>" not in mine
    assert owner.get(f"{PAGE}{row.pk}/file/").status_code == 409
    assert told(cast, "吴副书记") == ["管理员申请导出名册的完整号码，请复核"]
    assert "复核「管理员：导出名册的完整号码」" in second.get("/").content.decode()
    seen = second.get(f"/access/consents/{row.pk}/").content.decode()
    assert "204 人" in seen and "上级组织部统计" in seen
    assert second.post(f"/access/consents/{row.pk}/agree/").status_code == 302
    run_jobs()
    assert told(cast, "管理员") == ["导出名册的完整号码：已同意，可以下载"]
    assert "下载名册" in owner.get(f"/access/consents/{row.pk}/").content.decode()
    file = owner.get(f"{PAGE}{row.pk}/file/")
    assert (file.status_code, file["Cache-Control"]) == (200, "no-store")
    assert number_of(cast) in file.content.decode()
    assert file.content.decode().count("\r\n") == 205
    assert verbs(cast) == ["consent.asked", "consent.agreed", "members.exported"]
    assert second.get(f"{PAGE}{row.pk}/file/").status_code == 404, "who agrees takes nothing away by it"


@pytest.mark.usefixtures("many")
def test_masked_it_comes_at_once_and_in_full_not(cast: Cast, owner: Client, second: Client) -> None:
    masked = owner.post(PAGE, {"form": "csv", "reason": "统计"})
    assert masked.status_code == 200
    assert number_of(cast) not in masked.content.decode()
    assert owner.post(f"{PAGE}?q=李书记", IN_FULL).status_code == 200, "few people need no second person"
    assert owner.post(PAGE, IN_FULL).status_code == 302


@pytest.mark.usefixtures("many")
def test_it_cannot_be_had_in_parts(cast: Cast, owner: Client, second: Client) -> None:
    with context.inside(cast.jia):
        Member.objects.filter(pk__in=list(Member.objects.order_by("-pk").values_list("pk", flat=True)[:101])).update(
            sex="2"
        )
    assert owner.post(f"{PAGE}?sex=2", IN_FULL).status_code == 200
    assert owner.post(f"{PAGE}?sex=1", IN_FULL).status_code == 302, "101 and 100 within a day are more than 200"
    with time_machine.travel(now() + timedelta(hours=25)):
        assert back(cast, "管理员").post(f"{PAGE}?sex=1", IN_FULL).status_code == 200


@pytest.mark.usefixtures("many")
def test_nobody_agrees_to_their_own(cast: Cast, owner: Client, second: Client) -> None:
    owner.post(PAGE, IN_FULL)
    row = consent(cast)
    answer = owner.post(f"/access/consents/{row.pk}/agree/")
    assert (answer.status_code, "另一个人复核" in answer.content.decode()) == (403, True)
    assert owner.post(f"/access/consents/{row.pk}/refuse/", {"reason": "不要"}).status_code == 403
    assert consent(cast).decided_at is None


@pytest.mark.usefixtures("many")
def test_a_refusal_says_why_and_opens_nothing(cast: Cast, owner: Client, second: Client) -> None:
    owner.post(PAGE, IN_FULL)
    row = consent(cast)
    assert second.post(f"/access/consents/{row.pk}/refuse/", {"reason": ""}).status_code == 422
    assert second.post(f"/access/consents/{row.pk}/refuse/", {"reason": "范围太大，只要本支部的"}).status_code == 302
    assert "范围太大" in owner.get(f"/access/consents/{row.pk}/").content.decode()
    assert owner.get(f"{PAGE}{row.pk}/file/").status_code == 409
    assert second.post(f"/access/consents/{row.pk}/agree/").status_code == 409
    assert verbs(cast) == ["consent.asked", "consent.refused"]


@pytest.mark.usefixtures("many")
def test_a_single_administrator_is_told_what_to_do(cast: Cast, owner: Client) -> None:
    answer = owner.post(PAGE, IN_FULL)
    assert answer.status_code == 422
    assert "给另一位同志授予可以导出的角色" in answer.content.decode()
    assert "号码部分隐藏的导出不用复核" in answer.content.decode()
    with context.inside(cast.jia):
        assert not Consent.objects.exists()


@pytest.mark.usefixtures("many")
def test_without_a_purpose_it_is_not_asked(owner: Client, second: Client, cast: Cast) -> None:
    assert owner.post(PAGE, {**IN_FULL, "reason": " "}).status_code == 422
    assert verbs(cast) == []


@pytest.mark.usefixtures("many")
def test_the_same_request_waits_only_once_and_can_be_taken_back(cast: Cast, owner: Client, second: Client) -> None:
    owner.post(PAGE, IN_FULL)
    assert "同样的申请" in owner.post(PAGE, IN_FULL).content.decode()
    row = consent(cast)
    assert second.post(f"/access/consents/{row.pk}/withdraw/", {"confirmed": "yes"}).status_code == 403
    assert "撤回后" in owner.post(f"/access/consents/{row.pk}/withdraw/").content.decode()
    assert owner.post(f"/access/consents/{row.pk}/withdraw/", {"confirmed": "yes"}).status_code == 302
    assert second.get(f"/access/consents/{row.pk}/").status_code == 404
    assert verbs(cast) == ["consent.asked", "consent.withdrawn"]


@pytest.mark.usefixtures("many")
def test_both_times_run_out(cast: Cast, owner: Client, second: Client) -> None:
    owner.post(PAGE, IN_FULL)
    first = consent(cast)
    with time_machine.travel(now() + timedelta(days=8)):
        later_on, asking = back(cast, "吴副书记"), back(cast, "管理员")
        assert later_on.post(f"/access/consents/{first.pk}/agree/").status_code == 410
        assert "没有人复核" in asking.get(f"/access/consents/{first.pk}/").content.decode()
        asking.post(PAGE, IN_FULL)
        assert later_on.post(f"/access/consents/{consent(cast).pk}/agree/").status_code == 302
    with time_machine.travel(now() + timedelta(days=12)):
        gone = back(cast, "管理员").get(f"{PAGE}{consent(cast).pk}/file/")
        assert (gone.status_code, "期限已过" in gone.content.decode()) == (410, True)


@pytest.mark.usefixtures("many")
def test_more_people_than_were_agreed_to_are_asked_for_anew(cast: Cast, owner: Client, second: Client) -> None:
    owner.post(PAGE, IN_FULL)
    row = consent(cast)
    second.post(f"/access/consents/{row.pk}/agree/")
    with context.inside(cast.jia):
        Member.objects.create(unit=Unit.objects.get(name="第一党支部"), name="后来人")
    answer = owner.get(f"{PAGE}{row.pk}/file/")
    assert (answer.status_code, "现在是 205 人，同意的是 204 人" in answer.content.decode()) == (409, True)


@pytest.mark.usefixtures("many")
def test_only_who_may_export_all_of_them_is_asked(cast: Cast, owner: Client, second: Client) -> None:
    owner.post(PAGE, IN_FULL)
    row = consent(cast)
    for person in ("secretary", "member", "stranger"):
        client = cast.signed_in(person)
        assert client.get(f"/access/consents/{row.pk}/").status_code == 404, person
        assert client.post(f"/access/consents/{row.pk}/agree/").status_code == 404, person
    with context.inside(cast.jia):
        assert waiting_for(cast.user("secretary"), at=now()) == []
        Grant.objects.filter(user__username="second").delete()
    assert second.post(f"/access/consents/{row.pk}/agree/").status_code == 404, "who may no longer, decides no longer"


@pytest.mark.usefixtures("many")
def test_a_secretary_of_many_is_agreed_to_by_whoever_stands_above(cast: Cast, owner: Client) -> None:
    with context.inside(cast.jia):
        branch = Unit.objects.get(name="第二党支部")
        Grant.objects.create(user=cast.user("secretary"), role=Role.SECRETARY, unit=branch)
    secretary = cast.signed_in("secretary")
    secretary.post(f"{PAGE}?unit={branch.pk}", IN_FULL)
    row = consent(cast)
    assert row.unit_id == branch.pk
    assert row.details["query"] == {"unit": str(branch.pk)}
    seen = owner.get(f"/access/consents/{row.pk}/").content.decode()
    assert "党组织：第二党支部" in seen
    assert owner.post(f"/access/consents/{row.pk}/agree/").status_code == 302
    assert secretary.get(f"{PAGE}{row.pk}/file/").status_code == 200
    with context.inside(cast.jia):
        Grant.objects.filter(user__username="secretary").delete()
    assert secretary.get(f"{PAGE}{row.pk}/file/").content.decode().count("\r\n") <= 1, "what was agreed gives no rights"


@pytest.mark.usefixtures("many")
def test_programs_go_the_same_way(cast: Cast, owner: Client, second: Client) -> None:
    body = {"form": "csv", "whole": True, "reason": "年度统计"}
    assert owner.post(API, {"form": "csv"}, "application/json").json()["code"] == "export_reason_missing"
    masked = owner.post(API, {"form": "csv", "reason": "年度统计"}, "application/json")
    assert (masked.status_code, masked["Content-Type"]) == (200, "text/csv; charset=utf-8")
    asked = owner.post(API, body, "application/json")
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    number = asked.json()["id"]
    assert owner.get(f"{API}{number}/file/").json()["code"] == "not_agreed"
    assert owner.post(f"/api/v1/consents/{number}/agree/").json()["code"] == "own_request"
    assert [row["id"] for row in second.get("/api/v1/consents/").json()["results"]] == [number]
    assert second.post(f"/api/v1/consents/{number}/agree/").json()["state"] == "agreed"
    assert number_of(cast) in owner.get(f"{API}{number}/file/").content.decode()
    other = owner.post(API, {**body, "form": "xlsx"}, "application/json").json()["id"]
    said = second.post(f"/api/v1/consents/{other}/refuse/", {"reason": "不必"}, "application/json").json()
    assert (said["state"], said["answer"]) == ("refused", "不必")
    third = owner.post(API, {**body, "form": "xlsx", "query": {"standing": "all"}}, "application/json").json()["id"]
    assert second.delete(f"/api/v1/consents/{third}/").status_code == 403
    assert owner.delete(f"/api/v1/consents/{third}/").status_code == 204


@pytest.mark.usefixtures("many")
def test_it_goes_on_in_a_read_only_workspace(cast: Cast, owner: Client, second: Client) -> None:
    lifecycle.move(cast.jia, to="read_only", by="tests", reason="试")
    assert owner.post(PAGE, IN_FULL).status_code == 302
    row = consent(cast)
    assert second.post(f"/access/consents/{row.pk}/agree/").status_code == 302
    assert owner.get(f"{PAGE}{row.pk}/file/").status_code == 200


@pytest.mark.usefixtures("many")
def test_the_neighbour_sees_nothing_of_it(cast: Cast, owner: Client, second: Client) -> None:
    owner.post(PAGE, IN_FULL)
    row = consent(cast)
    neighbour = cast.signed_in("owner", at="yan")
    assert neighbour.get(f"/access/consents/{row.pk}/").status_code == 404
    assert neighbour.post(f"/access/consents/{row.pk}/agree/").status_code == 404
    assert "吴副书记" not in neighbour.get("/access/consents/").content.decode()
