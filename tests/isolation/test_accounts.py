"""What was given out at one workspace opens nothing at another. Both hold the same people, keys and passwords."""

from datetime import timedelta

import pytest
import time_machine

from shared.clock import now
from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from workspace.accounts import links, lockout, tokens
from workspace.accounts.models import Failure, Session, User
from workspace.accounts.sealing import BrokenSeal, seal, unseal


def sign_in(at: str, username: str = "member", password: str = PASSWORD) -> Client:
    client = Client(at)
    client.post("/sign-in/", {"username": username, "password": password})
    return client


def me(client: Client) -> int:
    return client.get("/api/v1/me/").status_code


def test_a_session_cookie_of_one_is_nobody_at_the_other(cast: Cast) -> None:
    ours = sign_in("jia")
    theirs = Client("yan")
    theirs.cookies["sessionid"] = ours.cookies["sessionid"].value
    assert (me(ours), me(theirs)) == (200, 401)


def test_a_session_row_copied_into_the_other_signs_nobody_in(cast: Cast) -> None:
    ours = sign_in("jia")
    key = ours.cookies["sessionid"].value
    with context.inside(cast.jia):
        row = Session.objects.get(session_key=key)
    with context.inside(cast.yan):
        row.save(force_insert=True)
    theirs = Client("yan")
    theirs.cookies["sessionid"] = key
    assert me(theirs) == 401


@pytest.mark.parametrize("purpose", ["activate", "reset"])
def test_a_link_of_one_is_unknown_at_the_other(cast: Cast, purpose: str) -> None:
    with context.inside(cast.jia):
        user = User.objects.get(username="member")
        path = links.path_for(user, purpose)
    with context.inside(cast.yan):
        # Even the same key with the same password state.
        User.objects.filter(pk=user.pk).update(password=user.password, email=user.email)
    assert Client("jia").get(path).status_code == 200
    assert Client("yan").get(path).status_code == 404
    new = {"password": "Taken-over-99", "again": "Taken-over-99"}
    assert Client("yan").post(path, new).status_code == 404


def test_a_link_for_one_purpose_does_not_serve_another(cast: Cast) -> None:
    with context.inside(cast.jia):
        path = links.path_for(User.objects.get(username="member"), "reset")
    assert Client("jia").get(path.replace("/reset/", "/activate/")).status_code == 404


def test_a_token_of_one_is_refused_at_the_other_even_when_its_row_is_copied(cast: Cast) -> None:
    with context.inside(cast.jia):
        user = User.objects.get(username="secretary")
        row, text = tokens.issue(by=user, name="x", scopes=["members:read"], expires_at=None)
    headers = {"Authorization": f"Bearer {text}"}
    assert Client("jia").get("/api/v1/me/", headers=headers).status_code == 200
    assert Client("yan").get("/api/v1/me/", headers=headers).status_code == 401
    with context.inside(cast.yan):
        row.save(force_insert=True)
    assert Client("yan").get("/api/v1/me/", headers=headers).status_code == 401


def test_a_sealed_secret_opens_only_where_it_was_sealed(cast: Cast) -> None:
    with context.inside(cast.jia):
        sealed = seal(b"secret", purpose="accounts.factor:1")
        assert unseal(sealed, purpose="accounts.factor:1") == b"secret"
        with pytest.raises(BrokenSeal):
            unseal(sealed, purpose="accounts.factor:2")
    with context.inside(cast.yan), pytest.raises(BrokenSeal):
        unseal(sealed, purpose="accounts.factor:1")


def test_a_person_locked_out_at_one_still_enters_the_other(cast: Cast) -> None:
    for _ in range(lockout.FAILURES):
        sign_in("jia", password="guess")
    assert me(sign_in("jia")) == 401
    assert me(sign_in("yan")) == 200
    with context.inside(cast.yan):
        assert not Failure.objects.exists()


def test_five_failures_lock_for_twenty_minutes_and_then_let_in(cast: Cast) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(4):
            sign_in("jia", password="guess")
        assert me(sign_in("jia")) == 200
        for _ in range(5):
            sign_in("jia", password="guess")
        refused = Client("jia").post("/sign-in/", {"username": "member", "password": PASSWORD})
        assert refused.status_code == 429
        assert "20 分钟" in refused.content.decode()
        clock.shift(timedelta(minutes=19))
        assert me(sign_in("jia")) == 401
        clock.shift(timedelta(minutes=2))
        assert me(sign_in("jia")) == 200


def test_a_name_that_nobody_has_locks_just_the_same(cast: Cast) -> None:
    for _ in range(5):
        sign_in("jia", "nobody", "guess")
    answer = Client("jia").post("/sign-in/", {"username": "nobody", "password": "guess"})
    assert answer.status_code == 429


def test_changing_the_spelling_does_not_escape_the_lock(cast: Cast) -> None:
    for typed in ("member", "MEMBER", " member", "member ", "ｍember"):
        sign_in("jia", typed, "guess")
    assert me(sign_in("jia")) == 401


def test_an_address_that_fails_for_many_names_is_slowed(cast: Cast) -> None:
    for number in range(lockout.ADDRESS_FAILURES):
        sign_in("jia", f"nobody{number}", "guess")
    assert me(sign_in("jia")) == 401
    elsewhere = Client("jia", REMOTE_ADDR="192.0.2.7")
    elsewhere.post("/sign-in/", {"username": "member", "password": PASSWORD})
    assert me(elsewhere) == 200


def test_a_forwarded_address_is_not_believed_without_a_proxy(cast: Cast) -> None:
    for number in range(lockout.ADDRESS_FAILURES):
        Client("jia", headers={"X-Forwarded-For": f"10.0.0.{number}"}).post(
            "/sign-in/", {"username": f"nobody{number}", "password": "guess"}
        )
    assert me(sign_in("jia")) == 401


def test_an_account_that_is_closed_is_out_at_its_next_request(cast: Cast) -> None:
    client = sign_in("jia")
    assert me(client) == 200
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(is_active=False)
    assert me(client) == 401


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-out/", "/reset/", "/me/sessions/end/", "/join/"])
def test_a_form_posted_from_another_site_is_refused(cast: Cast, path: str) -> None:
    """The neighbour's pages are another site too."""
    client = sign_in("jia")
    strict = Client("jia", enforce_csrf_checks=True)
    strict.cookies = client.cookies
    token = strict.get("/me/").cookies["csrftoken"].value
    for origin in ("http://yan.localhost", "https://evil.example", "null"):
        given = {"csrfmiddlewaretoken": token}
        assert strict.post(path, given, headers={"Origin": origin}).status_code == 403
    assert me(client) == 200


def test_a_cookie_tossed_from_the_parent_domain_signs_nobody_in_as_somebody_else(cast: Cast) -> None:
    """A neighbour can set a key of theirs for the common parent: unknown here, and changed at sign-in."""
    theirs = sign_in("yan", "secretary").cookies["sessionid"].value
    client = Client("jia")
    client.cookies["sessionid"] = theirs
    assert me(client) == 401
    client.post("/sign-in/", {"username": "member", "password": PASSWORD})
    assert client.cookies["sessionid"].value != theirs
    assert client.get("/api/v1/me/").json()["username"] == "member"


def test_pages_behind_a_sign_in_are_never_kept_by_a_cache(cast: Cast) -> None:
    client = sign_in("jia")
    for path in ("/me/", "/me/security/", "/api/v1/me/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
