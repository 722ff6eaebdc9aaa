"""The tree by API: the same rules as the pages, one shape of errors."""

import pytest

from tenants import context
from tests.support.cast import Cast
from workspace.organization.models import Unit


@pytest.fixture
def ids(cast: Cast) -> dict[str, int]:
    with context.inside(cast.jia):
        return {unit.name: unit.pk for unit in Unit.objects.all()}


def body(response) -> dict:
    return response.json()


def send(client, method: str, path: str, data: dict | None = None):
    return getattr(client, method)(f"/api/v1/units/{path}", data or {}, content_type="application/json")


def test_the_list_comes_in_pages_in_tree_order(cast, ids):
    answer = body(cast.signed_in("owner").get("/api/v1/units/?size=2"))

    assert answer["count"] == len(ids)
    assert [unit["depth"] for unit in answer["results"]] == [1, 2]
    assert answer["results"][1]["parent"] == answer["results"][0]["id"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("search=dydzb", ["第一党支部"]),
        ("type=611", ["jia单位党委"]),
        ("parent=0", []),
    ],
)
def test_the_list_is_narrowed_by_filters(cast, query, expected):
    answer = body(cast.signed_in("owner").get(f"/api/v1/units/?{query}"))

    assert [unit["name"] for unit in answer["results"]] == expected


def test_a_member_lists_the_own_branch_only(cast):
    answer = body(cast.signed_in("member").get("/api/v1/units/"))

    assert [unit["name"] for unit in answer["results"]] == ["第一党支部"]


def test_a_unit_of_another_branch_is_not_found(cast, ids):
    assert cast.signed_in("member").get(f"/api/v1/units/{ids['第二党支部']}/").status_code == 404


def test_nobody_reads_without_signing_in(cast):
    from tests.support.cast import Client

    assert Client("jia").get("/api/v1/units/").status_code in {401, 403}


def test_a_unit_is_set_up_changed_closed_and_restored(cast, ids):
    client = cast.signed_in("owner")
    made = send(client, "post", "", {"parent": ids["jia单位党委"], "name": "检验党支部", "type": "631"})
    assert made.status_code == 201
    unit = body(made)

    changed = send(client, "patch", f"{unit['id']}/", {"short_name": "检验", "updated_at": unit["updated_at"]})
    assert body(changed)["short_name"] == "检验"

    closed = send(client, "post", f"{unit['id']}/close/", {"on": "2026-11-01", "reason": "并入机关"})
    assert body(closed)["closed_on"] == "2026-11-01"
    assert body(send(client, "post", f"{unit['id']}/reopen/"))["closed_on"] is None


def test_a_stale_change_is_refused_by_name(cast, ids):
    client = cast.signed_in("owner")
    path = f"{ids['第一党支部']}/"
    before = body(client.get(f"/api/v1/units/{path}"))["updated_at"]
    send(client, "patch", path, {"short_name": "一支部", "updated_at": before})

    stale = send(client, "patch", path, {"short_name": "壹支部", "updated_at": before})

    assert stale.status_code == 409
    assert body(stale)["code"] == "changed_meanwhile"


def test_a_move_under_a_branch_is_refused_by_name(cast, ids):
    client = cast.signed_in("owner")

    refused = send(client, "post", f"{ids['第一党支部']}/move/", {"parent": ids["第二党支部"]})

    assert (refused.status_code, body(refused)["code"]) == (409, "cannot_hold")


def test_a_member_may_not_change_what_they_see(cast, ids):
    refused = send(cast.signed_in("member"), "patch", f"{ids['第一党支部']}/", {"name": "我的支部"})

    assert (refused.status_code, body(refused)["code"]) == (403, "may_not_change")


def test_a_missing_name_is_said_at_its_field(cast, ids):
    answer = send(cast.signed_in("owner"), "post", "", {"parent": ids["jia单位党委"], "type": "631"})

    assert answer.status_code == 400
    assert "name" in body(answer)["fields"]


def test_the_tree_of_a_day_and_its_changes_are_read_by_programs(cast):
    client = cast.signed_in("owner")
    with context.inside(cast.jia):
        first = Unit.objects.get(name="第一党支部")
    sent = {"name": "甲党支部", "on": "2026-07-01", "basis": {"number": "7号", "on": "2026-06-20"}}
    assert client.patch(f"/api/v1/units/{first.pk}/", sent, content_type="application/json").status_code == 200

    (change,) = client.get(f"/api/v1/units/{first.pk}/changes/").json()
    assert (change["kind"], change["on"], change["basis"]["number"]) == ("renamed", "2026-07-01", "7号")
    then = {row["id"]: row["name"] for row in client.get("/api/v1/units/as-of/?on=2026-06-30").json()}
    assert then[first.pk] == "第一党支部"
    (differs,) = client.get("/api/v1/units/differences/?on=2026-07-31&since=2026-06-30").json()
    assert (differs["before"]["name"], differs["after"]["name"]) == ("第一党支部", "甲党支部")
