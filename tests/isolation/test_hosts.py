"""The host alone decides where a request goes; nothing else may."""

import pytest
from django.test import override_settings

from tenants import hosts, lifecycle
from tenants.hosts import Place
from tests.support.cast import Cast, Client


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("localhost", Place("public")),
        ("LOCALHOST:8000", Place("public")),
        ("console.localhost", Place("console")),
        ("jia.localhost:8000", Place("workspace", "jia")),
        ("JIA.localhost", Place("workspace", "jia")),
        ("jia.localhost.", Place("nowhere")),
        ("a.jia.localhost", Place("nowhere")),
        (".localhost", Place("nowhere")),
        ("ji_a.localhost", Place("nowhere")),
        ("jiá.localhost", Place("nowhere")),
        ("jia.localhost.evil.example", Place("nowhere")),
        ("evil.example", Place("nowhere")),
        ("jia%00.localhost", Place("nowhere")),
        ("-jia.localhost", Place("nowhere")),
    ],
)
def test_a_host_leads_to_exactly_one_place(host: str, place: Place) -> None:
    assert hosts.place(host) == place


@pytest.mark.parametrize(
    "host", ["", "jia.localhost:port", "evil.example", "jia .localhost", "jia.localhost/x", "[::1]"]
)
def test_a_malformed_or_foreign_host_is_a_bad_request(db: None, host: str) -> None:
    response = Client().get("/", headers={"host": host})
    assert response.status_code == 400


def test_each_host_shows_its_own_workspace(cast: Cast) -> None:
    for slug, other in (("jia", "yan"), ("yan", "jia"), ("jia", "yan")):
        page = Client(slug).get("/sign-in/").content.decode()
        assert f"{slug}单位" in page
        assert f"{other}单位" not in page


def test_an_unknown_workspace_is_not_found(db: None) -> None:
    assert Client("nobody-here").get("/").status_code == 404


@override_settings(BASE_DOMAIN="localhost")
@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Tenant", "X-Original-Host", "Forwarded"])
def test_no_other_header_names_a_workspace(cast: Cast, header: str) -> None:
    client = cast.signed_in("owner", at="jia")
    plain = client.get("/")
    forged = client.get("/", headers={header: "yan.localhost"})
    assert forged.status_code == plain.status_code
    assert "yan单位" not in forged.content.decode()


def test_a_suspended_workspace_answers_503_and_comes_back(cast: Cast) -> None:
    lifecycle.move(cast.jia, to="suspended", by="tests", reason="试")
    closed = Client("jia").get("/sign-in/")
    assert closed.status_code == 503
    assert closed["Retry-After"]
    assert "暂停服务" in closed.content.decode()
    assert "几分钟" not in closed.content.decode()  # a suspension is no upgrade: nobody may promise minutes
    lifecycle.move(cast.jia, to="active", by="tests", reason="好了")
    assert Client("jia").get("/sign-in/").status_code == 200


def test_a_session_of_one_workspace_is_nobody_in_the_other(cast: Cast) -> None:
    jia = cast.signed_in("owner", at="jia")
    assert jia.get("/").status_code == 200
    stolen = Client("yan")
    stolen.cookies = jia.cookies
    answer = stolen.get("/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_a_failed_view_writes_nothing(cast: Cast) -> None:
    from tenants import context
    from workspace.organization.models import Unit

    with context.inside(cast.jia):
        before = Unit.objects.count()
    client = cast.signed_in("owner")
    client.raise_request_exception = False
    assert client.get("/members/999999999/").status_code == 404
    with context.inside(cast.jia):
        assert Unit.objects.count() == before


@pytest.mark.parametrize("path", ["/?q=%00", "/members/search/?q=a%00b", "/api/v1/units/?search=%00", "/rules/%00/"])
def test_an_address_with_a_nul_in_it_is_a_bad_request(cast: Cast, path: str) -> None:
    assert cast.signed_in("owner").get(path).status_code == 400
