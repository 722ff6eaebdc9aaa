"""A workspace that was set to read-only: everything can be looked at and taken away, nothing can be written."""

import pytest

from tenants import hosts, lifecycle
from tests.support.cast import PASSWORD, Cast, Client


@pytest.fixture
def resting(cast: Cast) -> Cast:
    lifecycle.move(cast.jia, to="read_only", by="tests", reason="试")
    hosts.forget()
    yield cast
    hosts.forget()


@pytest.mark.parametrize(
    "path", ["/organization/1/edit/", "/members/new/", "/activities/new/", "/voice/new/", "/join/"]
)
def test_no_page_writes(resting: Cast, path: str) -> None:
    answer = resting.signed_in("owner").post(path, {"name": "x"})
    assert answer.status_code == 409
    assert "只读" in answer.content.decode()


def test_the_api_does_not_write_either(resting: Cast) -> None:
    answer = resting.signed_in("owner").post("/api/v1/units/", {"name": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "workspace_read_only")


def test_people_still_come_in_look_and_take_their_data_away(resting: Cast) -> None:
    client = Client("jia")
    assert client.post("/sign-in/", {"username": "secretary", "password": PASSWORD}).status_code == 302
    assert client.get("/members/").status_code == 200
    assert client.post("/members/export/", {"form": "csv"}).status_code == 200
    assert client.post("/sign-out/").status_code == 302


def test_the_neighbour_writes_on(resting: Cast) -> None:
    assert resting.signed_in("owner", at="yan").post("/members/new/", {"name": ""}).status_code == 422
