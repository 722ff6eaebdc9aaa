"""The one-time link of a first administrator."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from provisioning import opening
from provisioning.models import Opening
from shared.clock import now
from tenants import context
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from workspace.accounts import links
from workspace.accounts.models import User

NEW = "Tongxin-first-1"


@pytest.fixture
def newcomer(cast: Cast) -> str:
    """The path of a fresh activation link at jia."""
    with context.inside(cast.jia):
        user = User.objects.create_user("newcomer", name="陈新人", email="chen@jia.example")
        return links.path_for(user, "activate")


def set_password(client: Client, path: str, password: str = NEW, again: str | None = None):
    return client.post(path, {"password": password, "again": password if again is None else again})


def test_the_link_of_an_opening_leads_to_its_own_host(cast: Cast) -> None:
    row = Opening.objects.get(tenant=cast.jia)
    with context.inside(cast.jia):
        owner = User.objects.get(grants__role="admin")
        owner.set_unusable_password()
        owner.save()
    assert opening.activation_url(row).startswith("http://jia.localhost/activate/")


def test_the_link_sets_the_first_password_and_signs_in(newcomer: str) -> None:
    client = Client("jia")
    assert client.get(newcomer).status_code == 200
    answer = set_password(client, newcomer)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/api/v1/me/").json()["username"] == "newcomer"
    fresh = Client("jia")
    assert fresh.post("/sign-in/", {"username": "chen@jia.example", "password": NEW}).status_code == 302


def test_the_link_works_once_and_then_offers_the_way_on(newcomer: str) -> None:
    set_password(Client("jia"), newcomer)
    page = Client("jia").get(newcomer)
    assert page.status_code == 410
    assert "/sign-in/" in page.content.decode()
    assert "/reset/" in page.content.decode()
    assert set_password(Client("jia"), newcomer, "Other-pass-12").status_code == 410
    assert Client("jia").post("/sign-in/", {"username": "newcomer", "password": "Other-pass-12"}).status_code == 400


def test_after_seven_days_the_link_is_over_and_a_new_one_comes_by_mail_only(cast: Cast, newcomer: str) -> None:
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        page = Client("jia").get(newcomer)
        assert page.status_code == 410
        sent = Client("jia").post(newcomer + "again/", follow=True)
        run_jobs()
        [letter] = mail.outbox
        assert letter.to == ["chen@jia.example"]
        address = next(word for word in letter.body.split() if word.startswith("http"))
        assert address.startswith("http://jia.localhost/activate/")
        path = address.removeprefix("http://jia.localhost")
        assert path not in sent.content.decode()
        assert set_password(Client("jia"), path).status_code == 302


def test_a_link_that_still_works_is_not_sent_again(newcomer: str) -> None:
    Client("jia").post(newcomer + "again/")
    run_jobs()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Short-1", "至少 10 个字符"),
        ("alllowercase", "至少三种"),
        ("Chen-chenxinren-9", "不能包含姓名"),
        ("Jia单位-2026-x", "不能包含姓名"),
        ("Password123", "太常见"),
        ("A-1" + "x" * 130, "128"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason(newcomer: str, password: str, why: str) -> None:
    page = set_password(Client("jia"), newcomer, password)
    assert page.status_code == 200
    assert why in str(page.context["form"].errors["password"])


def test_both_passwords_must_agree(newcomer: str) -> None:
    page = set_password(Client("jia"), newcomer, NEW, again="Tongxin-first-2")
    assert "again" in page.context["form"].errors


def test_an_account_that_was_closed_cannot_be_activated(cast: Cast, newcomer: str) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="newcomer").update(is_active=False)
    assert set_password(Client("jia"), newcomer).status_code == 404
