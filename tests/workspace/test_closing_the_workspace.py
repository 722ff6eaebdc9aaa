"""The administrator asks for the end of the workspace, or for its staying."""

import pytest

from tenants import context, hosts
from tenants.models import Tenant
from tests.support.cast import Cast
from tests.support.jobs import run_jobs
from workspace.audit.models import Entry

PAGE = "/archives/closing/"


def ask(cast: Cast, who: str = "owner", **changed: str) -> int:
    said = {"reason": "合并到上级单位", "confirmed": "jia单位", **changed}
    return int(cast.signed_in(who).post(PAGE, said).status_code)


def state() -> str:
    return str(Tenant.objects.get(slug="jia").state)


def test_the_administrator_closes_the_workspace_and_takes_it_back(cast: Cast) -> None:
    assert ask(cast) == 302
    assert state() == "active"  # the workspace cannot do it itself
    run_jobs()
    assert state() == "closing"
    hosts.forget()
    page = cast.signed_in("owner").get(PAGE).content.decode()
    assert "撤销关闭" in page
    assert cast.signed_in("owner").post(PAGE, {"reason": "还要用"}).status_code == 302
    run_jobs()
    assert state() == "active"
    with context.inside(cast.jia):
        assert list(Entry.objects.filter(verb__startswith="workspace.closing").values_list("verb", "by_name")) == [
            ("workspace.closing_asked", "管理员"),
            ("workspace.closing_withdrawn", "管理员"),
        ]


@pytest.mark.parametrize("changed", [{"reason": " "}, {"confirmed": "yan单位"}, {"confirmed": ""}])
def test_it_needs_a_reason_and_the_name_typed(cast: Cast, changed: dict[str, str]) -> None:
    assert ask(cast, **changed) == 422
    assert run_jobs() == 0


@pytest.mark.parametrize("who", ["secretary", "member", "stranger"])
def test_nobody_else_may(cast: Cast, who: str) -> None:
    assert cast.signed_in(who).get(PAGE).status_code == 404
    assert ask(cast, who) == 404
    assert cast.signed_in(who).post("/api/v1/closing/", {"reason": "x"}, "application/json").status_code == 404
    assert run_jobs() == 0


def test_the_api_does_the_same(cast: Cast) -> None:
    client = cast.signed_in("owner")
    assert client.get("/api/v1/closing/").json() == {"closes_at": None}
    assert client.post("/api/v1/closing/", {}, "application/json").status_code == 400
    assert client.post("/api/v1/closing/withdrawal/", {"reason": "x"}, "application/json").status_code == 409
    assert client.post("/api/v1/closing/", {"reason": "合并"}, "application/json").status_code == 202
    run_jobs()
    hosts.forget()
    assert client.get("/api/v1/closing/").json()["closes_at"]
    assert client.post("/api/v1/closing/", {"reason": "x"}, "application/json").json()["code"] == "already_closing"
    assert client.post("/api/v1/closing/withdrawal/", {"reason": "留"}, "application/json").status_code == 202
    run_jobs()
    assert state() == "active"


def test_the_neighbour_stays_open(cast: Cast) -> None:
    ask(cast)
    run_jobs()
    assert Tenant.objects.get(slug="yan").state == "active"
