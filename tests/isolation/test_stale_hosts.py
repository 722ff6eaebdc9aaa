"""A workspace that was moved, closed or purged under a request's feet: never somebody else's data, never a crash."""

import pytest
from django.db import DatabaseError, connection

from tenants import context, hosts, schemas
from tenants.middleware import SOON_S
from tenants.models import Tenant
from tenants.names import new_schema_name
from tenants.postgresql.base import ContextDenied
from tests.support.cast import PASSWORD, Cast, Client
from workspace.access.models import Grant


@pytest.fixture
def browser() -> Client:
    """Shows a cookie, so that every page asks the database who that is."""
    client = Client("jia")
    client.cookies["sessionid"] = "0" * 32
    client.raise_request_exception = False
    return client


def remembered(monkeypatch: pytest.MonkeyPatch, stale: Tenant) -> list[str]:
    """The next look-up answers what was true before; those after it what is true now. Returns what is looked up."""
    ask, asked = hosts._ask, []

    def find(label: str) -> Tenant | None:
        asked.append(label)
        if len(asked) > 1:
            return ask(label)
        stale.address = label
        return stale

    monkeypatch.setattr(hosts, "find", find)
    return asked


def as_it_was(tenant: Tenant, schema: str) -> Tenant:
    """The row as another process still knows it, with another schema than today's."""
    known = Tenant.objects.get(pk=tenant.pk)
    known.schema_name = schema
    return known


def revoked_role() -> str:
    name = new_schema_name()
    schemas.create(name)
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE {name} FROM CURRENT_USER")
    return name


def empty_schema() -> str:
    name = new_schema_name()
    schemas.create(name)
    return name


GONE = [
    pytest.param(new_schema_name, id="role and schema are gone"),
    pytest.param(revoked_role, id="the role is out of reach"),
    pytest.param(empty_schema, id="the tables are gone"),
]


@pytest.mark.parametrize("schema", GONE)
def test_a_look_is_answered_from_where_the_workspace_is_now(
    cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch, schema
) -> None:
    asked = remembered(monkeypatch, as_it_was(cast.jia, schema()))
    answer = browser.get("/sign-in/")
    assert answer.status_code == 200
    assert asked == ["jia", "jia"]
    assert answer.wsgi_request.workspace.uuid == cast.jia.uuid


@pytest.mark.parametrize("schema", GONE)
def test_a_change_is_asked_for_again_and_done_nowhere(
    cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch, schema
) -> None:
    remembered(monkeypatch, as_it_was(cast.jia, schema()))
    answer = browser.post("/sign-in/", {"username": "member", "password": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (503, str(SOON_S))
    assert "sessionid" not in answer.cookies
    assert browser.post("/sign-in/", {"username": "member", "password": PASSWORD}).status_code == 302


def test_who_was_signed_in_still_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.signed_in("secretary")
    remembered(monkeypatch, as_it_was(cast.jia, new_schema_name()))
    client.raise_request_exception = False
    answer = client.get("/api/v1/me/")
    assert (answer.status_code, answer.json()["username"]) == (200, "secretary")


def test_of_a_purged_workspace_nothing_is_found(cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known = as_it_was(cast.jia, new_schema_name())
    Tenant.objects.filter(pk=cast.jia.pk).update(state="purged")
    remembered(monkeypatch, known)
    assert browser.get("/sign-in/").status_code == 404


def test_a_role_out_of_reach_that_nobody_replaced_is_no_crash(cast: Cast, browser: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE {cast.jia.schema_name} FROM CURRENT_USER")
    answer = browser.get("/sign-in/")
    assert (answer.status_code, answer["Retry-After"]) == (503, str(SOON_S))
    assert Client("yan").get("/sign-in/").status_code == 200


def test_a_fault_of_our_own_stays_a_fault(cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what changed is tried again: a view that fails is not run twice."""
    runs: list[int] = []

    def broken(*_: object, **__: object) -> None:
        runs.append(1)
        raise RuntimeError

    monkeypatch.setattr("workspace.accounts.views.sign_in.render", broken)
    assert browser.get("/sign-in/").status_code == 500
    assert runs == [1]


def test_a_job_in_a_schema_out_of_reach_is_told_apart(cast: Cast) -> None:
    with pytest.raises(ContextDenied), context.inside(as_it_was(cast.jia, new_schema_name())):
        Grant.objects.count()
    with pytest.raises(DatabaseError), context.inside(as_it_was(cast.jia, empty_schema())):
        Grant.objects.count()
    with context.inside(cast.jia):
        assert Grant.objects.count() > 0
