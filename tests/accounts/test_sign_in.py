"""Signing in and out."""

from datetime import timedelta

import pytest
import time_machine

from shared.clock import now
from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from workspace.accounts.models import Session, User


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/api/v1/me/").status_code == 200


@pytest.fixture
def secretary(cast: Cast) -> User:
    with context.inside(cast.jia):
        User.objects.filter(username="secretary").update(email="li@jia.example", phone="13800001111")
        return User.objects.get(username="secretary")


@pytest.mark.parametrize("typed", ["secretary", " Secretary ", "LI@jia.example", "13800001111", "+86 138 0000 1111"])
def test_a_person_signs_in_by_user_name_mail_or_phone(secretary: User, typed: str) -> None:
    client = Client("jia")
    answer = sign_in(client, typed)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(secretary: User) -> None:
    wrong, unknown = sign_in(Client("jia"), "secretary", "nope"), sign_in(Client("jia"), "nobody", "nope")
    assert wrong.status_code == unknown.status_code == 400
    said = [str(answer.context["form"].non_field_errors()[0]) for answer in (wrong, unknown)]
    assert said[0] == said[1] == "账号或密码不正确。"


def test_an_inactive_person_who_knows_the_password_hears_why(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(is_active=False)
    assert "等待管理员审核" in sign_in(Client("jia"), "member").content.decode()
    assert "等待管理员审核" not in sign_in(Client("jia"), "member", "nope").content.decode()


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/members/?page=2", "/members/?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("http://yan.localhost/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://jia.localhost/members/", "http://jia.localhost/members/"),
    ],
)
def test_after_signing_in_one_stays_on_this_host(cast: Cast, wanted: str, got: str) -> None:
    assert sign_in(Client("jia"), "member", next=wanted)["Location"] == got


def test_signing_out_ends_the_session_on_the_server(cast: Cast) -> None:
    client = Client("jia")
    sign_in(client, "member")
    cookie = client.cookies["sessionid"].value
    answer = client.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    thief = Client("jia")
    thief.cookies["sessionid"] = cookie
    assert not is_in(thief)
    with context.inside(cast.jia):
        assert not Session.objects.filter(session_key=cookie).exists()


def test_a_link_signs_nobody_out(cast: Cast) -> None:
    client = cast.signed_in("member")
    assert client.get("/sign-out/").status_code == 405
    assert is_in(client)


def test_the_session_key_changes_at_sign_in(cast: Cast) -> None:
    client = Client("jia")
    client.cookies["sessionid"] = "a" * 32
    sign_in(client, "member")
    assert client.cookies["sessionid"].value != "a" * 32


def test_a_session_left_idle_ends_after_half_an_hour(cast: Cast) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        client = Client("jia")
        sign_in(client, "member")
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=31))
        assert not is_in(client)


def test_an_administrator_who_is_idle_goes_after_a_quarter(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner = cast.user("owner").username
    with time_machine.travel(now(), tick=False) as clock:
        client = Client("jia")
        sign_in(client, owner)
        clock.shift(timedelta(minutes=16))
        assert not is_in(client)


def test_no_session_outlives_twelve_hours_however_busy(cast: Cast) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        client = Client("jia")
        sign_in(client, "member")
        for _ in range(35):
            clock.shift(timedelta(minutes=20))
            assert is_in(client)
        clock.shift(timedelta(minutes=21))
        assert not is_in(client)
