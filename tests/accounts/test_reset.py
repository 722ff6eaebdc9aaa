"""A forgotten password."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from shared.clock import now
from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from tests.support.jobs import run_jobs
from workspace.accounts.models import User

NEW = "Brand-new-pass-7"


@pytest.fixture
def mailed(cast: Cast) -> User:
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(email="wang@jia.example")
        return User.objects.get(username="member")


def ask(typed: str, **headers: str):
    return Client("jia", headers=headers).post("/reset/", {"username": typed})


def link() -> str:
    [letter] = mail.outbox
    return next(word for word in letter.body.split() if word.startswith("http"))


def test_asking_says_the_same_whether_or_not_the_account_exists(mailed: User) -> None:
    known, unknown = ask("wang@jia.example"), ask("nobody@jia.example")
    assert known.status_code == unknown.status_code == 200
    # Form tokens and the policy's nonce are new in every page; nothing else may differ.
    once = re.compile(rb'(value|nonce)="[A-Za-z0-9_+/-]{20,}={0,2}"')
    bare = [once.sub(b"", answer.content) for answer in (known, unknown)]
    assert bare[0] == bare[1]
    run_jobs()
    assert [letter.to for letter in mail.outbox] == [["wang@jia.example"]]


def test_the_mail_names_the_workspace_own_host_whatever_the_request_claimed(mailed: User) -> None:
    ask(
        "member", **{"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    )
    run_jobs()
    assert link().startswith("http://jia.localhost/reset/")
    assert "evil" not in mail.outbox[0].message().as_string()


def test_the_link_sets_a_new_password_once_and_signs_nobody_in(mailed: User) -> None:
    elsewhere = Client("jia")
    elsewhere.post("/sign-in/", {"username": "member", "password": PASSWORD})
    ask("member")
    run_jobs()
    path = link().removeprefix("http://jia.localhost")
    client = Client("jia")
    assert client.get(path).status_code == 200
    assert client.post(path, {"password": NEW, "again": NEW})["Location"] == "/sign-in/"
    assert client.get("/api/v1/me/").status_code == 401
    assert elsewhere.get("/api/v1/me/").status_code == 401
    assert client.get(path).status_code == 410
    assert client.post("/sign-in/", {"username": "member", "password": PASSWORD}).status_code == 400
    assert client.post("/sign-in/", {"username": "member", "password": NEW}).status_code == 302


def test_the_link_lives_two_hours(mailed: User) -> None:
    ask("member")
    run_jobs()
    path = link().removeprefix("http://jia.localhost")
    with time_machine.travel(now() + timedelta(hours=2, minutes=1)):
        assert Client("jia").get(path).status_code == 410


def test_an_account_that_was_never_activated_gets_its_activation_link(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.create_user("fresh", name="陈新", email="fresh@jia.example")
    ask("fresh")
    run_jobs()
    assert "/activate/" in link()


def test_the_last_five_passwords_do_not_come_back(mailed: User) -> None:
    ask("member")
    run_jobs()
    path = link().removeprefix("http://jia.localhost")
    page = Client("jia").post(path, {"password": PASSWORD, "again": PASSWORD})
    assert "最近五次" in str(page.context["form"].errors["password"])


def test_nobody_floods_a_mailbox(mailed: User) -> None:
    for _ in range(6):
        assert ask("member").status_code == 200
    run_jobs()
    assert len(mail.outbox) == 3
    with time_machine.travel(now() + timedelta(hours=1, minutes=1)):
        ask("member")
        run_jobs()
    assert len(mail.outbox) == 4
