"""The same verbs over the API, with scopes."""

from datetime import timedelta

import pytest
import time_machine

from tenants import context
from tests.support.activities import at, branch_of, member, planned
from tests.support.cast import Cast, Client
from workspace.accounts import tokens
from workspace.activities.actions import check_in
from workspace.activities.actions.obligations import renew_obligations
from workspace.activities.models import Activity
from workspace.activities.queries import codes
from workspace.organization.models import Unit

START = at("2026-09-15", 14)
URL = "/api/v1/activities/"

pytestmark = pytest.mark.usefixtures("_september")


@pytest.fixture
def _september():
    with time_machine.travel(START + timedelta(minutes=5), tick=False):
        yield


@pytest.fixture
def activity(cast: Cast) -> Activity:
    with context.inside(cast.jia):
        made = planned(branch_of(4), start=START, kinds=["party_day", "general_meeting"])
        renew_obligations(made.unit, year=2026, on=START.date())
        return check_in.open_check_in(made, by=cast.user("secretary"), at=START)


def send(client: Client, method: str, url: str, data: object = None):
    return getattr(client, method)(url, data, content_type="application/json")


def plan(unit: int, **changes: object) -> dict[str, object]:
    start = START + timedelta(days=2)
    return {
        "unit": unit,
        "title": "党课",
        "kinds": ["lecture"],
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=1)).isoformat(),
        **changes,
    }


def test_lists_are_filtered_by_unit_month_kind_and_state(cast: Cast, activity: Activity) -> None:
    secretary = cast.signed_in("secretary")
    for query, found in (
        ("", 1),
        (f"?unit={activity.unit_id}", 1),
        ("?unit=999999", 0),
        ("?month=2026-09", 1),
        ("?month=2026-10", 0),
        ("?kind=party_day", 1),
        ("?kind=lecture", 0),
        ("?state=running", 1),
        ("?state=closed", 0),
    ):
        assert send(secretary, "get", URL + query).json()["count"] == found, query
    assert send(cast.signed_in("stranger"), "get", URL).json()["count"] == 0


def test_an_activity_is_planned_changed_and_cancelled(cast: Cast) -> None:
    secretary = cast.signed_in("secretary")
    with context.inside(cast.jia):
        own, other = branch_of(4).pk, Unit.objects.get(name="第二党支部").pk
    made = send(secretary, "post", URL, plan(own))
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["expected"]) == ("planned", 4)
    url = f"{URL}{made.json()['id']}/"
    assert send(secretary, "patch", url, {"title": "秋季党课"}).json()["title"] == "秋季党课"
    refused = send(secretary, "post", f"{url}cancel/", {"reason": " "})
    assert refused.status_code == 400
    assert send(secretary, "post", f"{url}cancel/", {"reason": "停电"}).json()["state"] == "cancelled"
    again = send(secretary, "patch", url, {"title": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "already_over")
    assert send(secretary, "post", URL, plan(other)).status_code == 404
    assert send(secretary, "post", URL, plan(own, kinds=["party"])).status_code == 400
    assert send(secretary, "post", URL, plan(own, kinds=[])).status_code == 400
    assert send(cast.signed_in("member"), "post", URL, plan(own)).status_code == 403


def test_closing_answers_with_the_obligations_it_met(cast: Cast, activity: Activity) -> None:
    secretary, url = cast.signed_in("secretary"), f"{URL}{activity.pk}/"
    refused = send(secretary, "post", f"{url}close/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_roll")
    with context.inside(cast.jia):
        key = member("member").pk
    marked = send(secretary, "post", f"{url}check-ins/", {"member": key, "reason": "现场点名"})
    assert (marked.status_code, marked.json()["method"]) == (201, "manual")
    closed = send(secretary, "post", f"{url}close/", {"report": "好"}).json()
    assert {row["key"] for row in closed["obligations"]} == {
        "branch.party_day/2026-09",
        "branch.general_meeting/2026-Q3",
    }
    owed = send(secretary, "get", "/api/v1/obligations/?state=met").json()
    assert {row["met_by"] for row in owed["results"]} == {activity.pk}
    assert send(secretary, "post", f"{url}reopen/", {"reason": "漏记"}).json()["activity"]["state"] == "running"


def test_check_ins_are_idempotent_undone_and_private(cast: Cast, activity: Activity) -> None:
    secretary, person, url = cast.signed_in("secretary"), cast.signed_in("member"), f"{URL}{activity.pk}/check-ins/"
    with context.inside(cast.jia):
        code = codes.spoken_code(activity, at=START + timedelta(minutes=5))
        key, own = member("member").pk, member("secretary").pk
    first = send(person, "post", url, {"code": code, "device_at": "2026-09-15T06:04:59Z"})
    assert (first.status_code, first.json()["method"]) == (201, "code")
    assert send(person, "post", url, {"code": code}).json()["id"] == first.json()["id"]
    send(secretary, "post", url, {"member": own, "reason": "点名"})
    assert send(secretary, "get", url).json()["count"] == 2
    assert send(person, "get", url).json()["count"] == 1
    assert send(person, "post", url, {"member": own, "reason": "代签"}).status_code == 403
    assert send(secretary, "delete", f"{url}{key}/?reason=认错人").status_code == 204
    assert send(secretary, "delete", f"{url}{key}/").status_code == 409
    assert send(secretary, "get", url).json()["count"] == 1


def test_wrong_codes_run_out_over_the_api_too(cast: Cast, activity: Activity) -> None:
    person, url = cast.signed_in("member"), f"{URL}{activity.pk}/check-ins/"
    with context.inside(cast.jia):
        good = codes.spoken_code(activity, at=START + timedelta(minutes=5))
    wrong = "000000" if good != "000000" else "111111"
    answers = [send(person, "post", url, {"code": wrong}) for _try in range(6)]
    assert [answer.json()["code"] for answer in answers] == ["wrong_code"] * 5 + ["too_many_wrong_codes"]
    assert send(person, "post", url, {"code": good}).status_code == 429


def test_keys_of_others_do_not_exist(cast: Cast, activity: Activity) -> None:
    secretary = cast.signed_in("secretary")
    with context.inside(cast.jia):
        outsider = member("stranger").pk
    url = f"{URL}{activity.pk}/check-ins/"
    assert send(secretary, "post", url, {"member": outsider, "reason": "点名"}).status_code == 404
    stranger = cast.signed_in("stranger")
    for path in ("", "check-ins/"):
        assert send(stranger, "get", f"{URL}{activity.pk}/{path}").status_code == 404
    assert send(cast.signed_in("secretary", at="yan"), "get", f"{URL}{activity.pk}/").status_code == 404
    with context.inside(cast.jia):
        key = activity.unit.obligations.first().pk
    assert send(secretary, "get", f"/api/v1/obligations/{key}/").status_code == 200
    assert send(stranger, "get", f"/api/v1/obligations/{key}/").status_code == 404


def test_obligations_say_their_rule_and_article(cast: Cast, activity: Activity) -> None:
    rows = send(cast.signed_in("member"), "get", "/api/v1/obligations/?kind=party_day&year=2026").json()["results"]
    assert [row["key"] for row in rows][:1] == ["branch.party_day/2026-09"]
    assert rows[0]["citation"].startswith("《中国共产党支部工作条例（试行）》")
    assert rows[0]["is_overdue"] is False


@pytest.mark.parametrize(
    ("scopes", "method", "path", "data", "status"),
    [
        (["activities:read"], "get", "", None, 200),
        (["members:read"], "get", "", None, 403),
        (["activities:read"], "post", "", {}, 403),
        (["activities:read"], "post", "{pk}/check-ins/", {"member": 0, "reason": "x"}, 403),
        (["activities:write"], "post", "{pk}/check-ins/", {"member": 0, "reason": "x"}, 403),
        (["checkins:write"], "post", "{pk}/check-ins/", {"member": 0, "reason": "点名"}, 201),
        (["activities:write"], "post", "{pk}/cancel/", {"reason": "停电"}, 200),
    ],
)
def test_a_token_does_what_its_scopes_say(
    cast: Cast, activity: Activity, scopes: list[str], method: str, path: str, data: dict | None, status: int
) -> None:
    token = token_of(cast, "secretary", scopes)
    with context.inside(cast.jia):
        if data and "member" in data:
            data = {**data, "member": member("member").pk}
    client = Client("jia", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert send(client, method, URL + path.format(pk=activity.pk), data).status_code == status


def token_of(cast: Cast, username: str, scopes: list[str]) -> str:
    with context.inside(cast.jia):
        _token, text = tokens.issue(by=cast.user(username), name="测试", scopes=scopes, expires_at=None)
        return text
