"""The register and the import over the API: same rules, same refusals."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shared.identity.citizen import SYNTHETIC_REGION, check_digit
from tenants import context
from tests.members.people import admit, branch
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from workspace.accounts.tokens import issue
from workspace.members.models import Member

BODY = SYNTHETIC_REGION + "19850305123"
NUMBER = BODY + check_digit(BODY)


def bearer(cast: Cast, *scopes: str, who: str = "owner") -> Client:
    """A program with a token of that person."""
    with context.inside(cast.jia):
        _token, text = issue(by=cast.user(who), name="测试", scopes=list(scopes), expires_at=None)
    client = Client("jia")
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {text}"
    return client


def send(client: Client, method: str, address: str, **body: Any) -> Any:
    return getattr(client, method)(address, body, content_type="application/json")


def new(cast: Cast, **facts: Any) -> dict[str, Any]:
    with context.inside(cast.jia):
        unit = branch().pk
    return {
        "unit": unit,
        "name": "周小明",
        "category": "正式党员",
        "citizen_number": NUMBER,
        "joined_on": "2010年7月1日",
    } | facts


def test_the_list_is_masked_and_narrowed_as_the_page_is(cast: Cast) -> None:
    admit(cast, citizen_number=NUMBER)
    reader = bearer(cast, "members:read")
    found = reader.get("/api/v1/members/?q=zsf").json()
    assert [one["name"] for one in found["results"]] == ["张三丰"]
    assert found["results"][0]["phone"] == "138****1234"
    assert NUMBER not in reader.get("/api/v1/members/").content.decode()
    assert reader.get("/api/v1/members/?standing=left").json()["results"] == []


def test_a_token_without_the_scope_or_the_role_gets_nothing(cast: Cast) -> None:
    member = admit(cast, "第二党支部")
    assert bearer(cast, "units:read").get("/api/v1/members/").status_code == 403
    assert send(bearer(cast, "members:read"), "post", "/api/v1/members/", **new(cast)).status_code == 403
    hers = bearer(cast, "members:read", "members:write", who="secretary")
    assert hers.get(f"/api/v1/members/{member.pk}/").status_code == 404
    assert send(hers, "patch", f"/api/v1/members/{member.pk}/", job="x").status_code == 404
    with context.inside(cast.jia):
        other = branch("第二党支部").pk
    assert send(hers, "post", "/api/v1/members/", **new(cast, unit=other)).status_code == 400


def test_a_member_is_made_changed_and_left(cast: Cast) -> None:
    writer = bearer(cast, "members:read", "members:write")
    made = send(writer, "post", "/api/v1/members/", **new(cast)).json()
    assert (made["birth_date"], made["sex"], made["category"]) == ("1985-03-05", "1", "full")
    address = f"/api/v1/members/{made['id']}/"
    changed = send(writer, "patch", address, job="工程师", updated_at=made["updated_at"]).json()
    assert (changed["job"], changed["name"]) == ("工程师", "周小明")
    stale = send(writer, "patch", address, job="经理", updated_at=made["updated_at"])
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    left = send(writer, "post", f"{address}leave/", on="2026-11-01", reason="transferred").json()
    assert left["left_on"] == "2026-11-01"
    with context.inside(cast.jia):
        assert Member.objects.get(pk=made["id"]).citizen_number == NUMBER


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"citizen_number": "123"}, "citizen_number"), ({"sex": "女"}, "sex"), ({"joined_on": "someday"}, "joined_on")],
)
def test_what_an_import_would_refuse_is_refused_by_field(cast: Cast, facts: dict[str, str], field: str) -> None:
    answer = send(bearer(cast, "members:write"), "post", "/api/v1/members/", **new(cast, **facts))
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


def test_one_fact_is_unmasked_with_a_reason(cast: Cast) -> None:
    member = admit(cast)
    writer = bearer(cast, "members:write")
    address = f"/api/v1/members/{member.pk}/unmask/"
    assert send(writer, "post", address, field="phone", reason="通知").json() == {
        "field": "phone",
        "value": "13812341234",
    }
    assert send(writer, "post", address, field="name", reason="通知").status_code == 400
    assert send(bearer(cast, "members:read"), "post", address, field="phone", reason="通知").status_code == 403


def test_a_roster_is_judged_imported_and_taken_back(cast: Cast) -> None:
    writer = bearer(cast, "members:read", "members:write")
    text = f"姓名,身份证号,人员类别,入党时间,支部\r\n周小明,{NUMBER},正式党员,2010.7.1,第一党支部\r\n"
    made = writer.post("/api/v1/imports/", {"file": SimpleUploadedFile("人.csv", text.encode())}).json()
    assert (made["state"], made["counts"]["new"]) == ("review", 1)
    address = f"/api/v1/imports/{made['id']}/"
    assert writer.post(f"{address}start/").status_code == 202
    run_jobs()
    assert writer.get(address).json()["state"] == "done"
    assert writer.post(f"{address}undo/").json()["state"] == "undone"
    with context.inside(cast.jia):
        assert not Member.objects.filter(citizen_number=NUMBER).exists()


def test_a_file_that_is_no_roster_is_refused_by_name(cast: Cast) -> None:
    answer = bearer(cast, "members:write").post("/api/v1/imports/", {"file": SimpleUploadedFile("x.xlsx", b"%PDF-1.7")})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_a_spreadsheet")
