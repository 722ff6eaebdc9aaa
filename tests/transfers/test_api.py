"""The same verbs for programs, under the same rules."""

from datetime import timedelta

import pytest

from shared.clock import today
from tenants import context
from tests.support.cast import Cast
from tests.transfers.conftest import ZHANG, first, second, settle, somebody
from workspace.accounts import tokens
from workspace.members.models import Member
from workspace.transfers.models import Transfer

LETTERS, AWAY = "/api/v1/transfers/", "/api/v1/absences/"


@pytest.fixture
def jia_api(cast: Cast) -> Cast:
    with context.inside(cast.jia):
        settle()
    return cast


def post(client, path: str, sent: dict):
    return client.post(path, sent, content_type="application/json")


def test_letters_are_issued_listed_and_accepted(jia_api):
    cast = jia_api
    with context.inside(cast.jia):
        who, to = somebody().pk, second().pk
    secretary, receiver = cast.signed_in("secretary"), cast.signed_in("receiver")
    made = post(secretary, LETTERS, {"members": [who], "destination": to})
    assert made.status_code == 201
    (row,) = made.json()
    assert row["kind"] == "within" and row["valid_days"] == 30 and row["outcome"] == "open"
    assert secretary.get(f"{LETTERS}?tab=open").json()["count"] == 1
    assert secretary.get(f"{LETTERS}?kind=out").json()["count"] == 0
    where = f"{LETTERS}{row['id']}/"
    assert post(secretary, f"{where}acceptance/", {"on": today().isoformat()}).status_code == 403
    done = post(receiver, f"{where}acceptance/", {"on": today().isoformat()})
    assert done.json()["outcome"] == "accepted"
    again = post(receiver, f"{where}acceptance/", {"on": today().isoformat()})
    assert (again.status_code, again.json()["code"]) == (409, "accepted_already")
    with context.inside(cast.jia):
        assert somebody().unit == second()
    assert cast.signed_in("stranger").get(where).status_code == 404


def test_letters_outside_are_rejected_and_revoked(jia_api):
    cast = jia_api
    with context.inside(cast.jia):
        people = [Member.objects.create(unit=first(), name=name).pk for name in ("甲", "乙")]
    secretary = cast.signed_in("secretary")
    sent = {"members": people, "destination_name": "中共某大学委员会", "word": "组介", "letterhead": {"phone": "010"},
            "paid_until": "2026-10-31"}  # fmt: skip
    rows = post(secretary, LETTERS, sent).json()
    assert [row["paid_until"] for row in rows] == ["2026-10-01"] * 2
    assert [row["letterhead"] for row in rows] == [{"phone": "010"}] * 2
    refusal = {"on": today().isoformat(), "reason": "对方未接收"}
    assert post(secretary, f"{LETTERS}{rows[0]['id']}/rejection/", refusal).json()["outcome"] == "rejected"
    assert post(secretary, f"{LETTERS}{rows[1]['id']}/revocation/", refusal).json()["outcome"] == "revoked"


def test_people_of_other_branches_are_not_sent_away(jia_api):
    cast = jia_api
    with context.inside(cast.jia):
        mine, theirs = somebody().pk, somebody("stranger").pk
    answer = post(cast.signed_in("secretary"), LETTERS, {"members": [mine, theirs], "destination_name": "外单位"})
    assert answer.status_code == 404
    with context.inside(cast.jia):
        assert not Transfer.objects.exists()


def test_somebody_from_outside_is_looked_up_then_entered(jia_api):
    cast = jia_api
    with context.inside(cast.jia):
        unit = second().pk
    receiver = cast.signed_in("receiver")
    sent = {"name": "张新来", "citizen_number": ZHANG, "joined_on": "2015-07-01", "converted_on": "2016-07-01",
            "destination": unit, "origin_name": "中共某大学委员会", "issued_on": today().isoformat()}  # fmt: skip
    found = post(receiver, f"{LETTERS}arrivals/", sent | {"check_only": True})
    assert found.status_code == 200 and found.json()["returning"] is None
    with context.inside(cast.jia):
        assert not Transfer.objects.exists()
    made = post(receiver, f"{LETTERS}arrivals/", sent)
    assert made.status_code == 201 and ZHANG not in made.content.decode()
    wrong = post(receiver, f"{LETTERS}arrivals/", sent | {"citizen_number": "1"})
    assert wrong.status_code == 400 and "citizen_number" in wrong.json()["fields"]
    elsewhere = post(cast.signed_in("secretary"), f"{LETTERS}arrivals/", sent)
    assert elsewhere.status_code == 404


def test_times_away_are_entered_contacted_and_ended(jia_api):
    cast = jia_api
    with context.inside(cast.jia):
        who = somebody().pk
    secretary = cast.signed_in("secretary")
    since = (today() - timedelta(days=200)).isoformat()
    made = post(secretary, AWAY, {"member": who, "kind": "abroad", "since": since, "reason": "study"})
    assert made.status_code == 201
    assert [flag["is_due"] for flag in made.json()["flags"]] == [True]
    where = f"{AWAY}{made.json()['id']}/"
    assert secretary.get(f"{AWAY}?tab=overdue").json()["count"] == 1
    noted = post(secretary, f"{where}contacts/", {"on": today().isoformat(), "way": "video"})
    assert noted.status_code == 201 and noted.json()["contacts"][0]["by"] == "李书记"
    assert secretary.get(f"{AWAY}?tab=overdue").json()["count"] == 0
    seldom = post(
        secretary, AWAY, {"member": who, "kind": "abroad", "since": since, "reason": "study", "contact_months": 9}
    )
    assert (seldom.status_code, seldom.json()["code"]) == (400, "too_seldom")
    ended = post(secretary, f"{where}ending/", {"on": today().isoformat(), "ending": "returned"})
    assert ended.json()["ended_for"] == "returned"
    assert cast.signed_in("stranger").get(where).status_code == 404


def test_a_token_needs_the_scope(jia_api):
    cast = jia_api
    with context.inside(cast.jia):
        owner = Cast.user("owner")
        _token, reads = tokens.issue(by=owner, name="读", scopes=["transfers:read"], expires_at=None)
        _token, other = tokens.issue(by=owner, name="别的", scopes=["members:read"], expires_at=None)
        who = somebody().pk
    from tests.support.cast import Client

    client = Client("jia")
    for text, read in ((reads, 200), (other, 403)):
        headers = {"HTTP_AUTHORIZATION": f"Bearer {text}"}
        assert client.get(LETTERS, **headers).status_code == read
        sent = {"members": [who], "destination_name": "外单位"}
        assert client.post(LETTERS, sent, content_type="application/json", **headers).status_code == 403
