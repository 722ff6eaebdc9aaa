"""The six digits."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail

from provisioning.actions import codes, throttling
from provisioning.models import Mailing, Signup
from shared.clock import now
from tests.provisioning.arrival import ANSWERS, answer_until, error_of, last_code, post
from tests.support.cast import Cast, Client


@pytest.fixture
def visitor(cast: Cast) -> Client:
    client = Client()
    answer_until(client, "contact")
    return client


def wrong() -> str:
    return f"{(int(last_code()) + 1) % 10**6:06d}"


def test_the_right_code_goes_on(visitor: Client) -> None:
    assert post(visitor, "code", code=last_code()).url == "/sign-up/address/"


def test_spaces_between_the_digits_are_forgiven(visitor: Client) -> None:
    code = last_code()
    assert post(visitor, "code", code=f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_wrong_code_says_how_many_tries_are_left(visitor: Client) -> None:
    assert "4" in error_of(post(visitor, "code", code=wrong()))
    assert "3" in error_of(post(visitor, "code", code=wrong()))
    assert post(visitor, "code", code=last_code()).status_code == 302


def test_after_five_wrong_tries_even_the_right_code_is_void(visitor: Client) -> None:
    for _ in range(codes.TRIES):
        said = error_of(post(visitor, "code", code=wrong()))
    assert "已失效" in said
    assert "已失效" in error_of(post(visitor, "code", code=last_code()))
    with time_machine.travel(now() + timedelta(seconds=61)):
        visitor.post("/sign-up/code/resend/")
        assert post(visitor, "code", code=last_code()).status_code == 302


def test_a_code_expires_after_ten_minutes(visitor: Client) -> None:
    with time_machine.travel(now() + timedelta(minutes=10, seconds=1)):
        assert "已过期" in error_of(post(visitor, "code", code=last_code()))
    with time_machine.travel(now() + timedelta(minutes=9)):
        assert post(visitor, "code", code=last_code()).status_code == 302


def test_a_new_code_waits_a_minute_and_voids_the_old_one(visitor: Client) -> None:
    old = last_code()
    assert "秒后" in visitor.post("/sign-up/code/resend/", follow=True).content.decode()
    assert len(mail.outbox) == 1
    with time_machine.travel(now() + timedelta(seconds=61)):
        visitor.post("/sign-up/code/resend/")
        assert len(mail.outbox) == 2
        if old != last_code():
            assert error_of(post(visitor, "code", code=old))


def test_another_address_must_be_proved_anew(visitor: Client) -> None:
    post(visitor, "code", code=last_code())
    changed = {**ANSWERS["contact"], "email": "li@school.example"}
    assert post(visitor, "contact", **changed).url == "/sign-up/code/"
    assert mail.outbox[-1].to == ["li@school.example"]
    assert Signup.objects.get().verified_at is None


def test_a_code_is_good_for_its_own_sign_up_only(visitor: Client) -> None:
    other = Client()
    answer_until(other, "contact", contact={"email": "wu@school.example"})
    hers = last_code()
    signup = Signup.objects.get(email="zhou@school.example")
    if codes._digest(signup, hers) != signup.code_digest:
        assert error_of(post(visitor, "code", code=hers))


def test_the_code_is_not_stored(visitor: Client) -> None:
    signup = Signup.objects.get()
    assert last_code() not in "".join(str(value) for value in vars(signup).values() if isinstance(value, str))


def test_one_e_mail_gets_five_codes_an_hour(cast: Cast) -> None:
    for _ in range(throttling.PER_EMAIL):
        answer_until(Client(), "contact")
    late = Client()
    answer_until(late, "place")
    assert "太频繁" in error_of(post(late, "contact", **ANSWERS["contact"]))
    assert len(mail.outbox) == throttling.PER_EMAIL
    with time_machine.travel(now() + timedelta(hours=1, seconds=1)):
        assert post(late, "contact", **ANSWERS["contact"]).url == "/sign-up/code/"


def test_one_network_address_has_its_share_too(cast: Cast) -> None:
    Mailing.objects.bulk_create(
        Mailing(purpose="code", email=f"p{n}@x.example", address="127.0.0.1", at=now())
        for n in range(throttling.PER_ADDRESS)
    )
    visitor = Client()
    answer_until(visitor, "place")
    assert "太频繁" in error_of(post(visitor, "contact", **ANSWERS["contact"]))
    assert mail.outbox == []


def test_a_mail_server_that_refuses_is_told_and_counts_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Client()
    answer_until(visitor, "place")

    def refuse(*_args, **_kwargs):
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("provisioning.mails.send_mail", refuse)
        assert "没有发出去" in error_of(post(visitor, "contact", **ANSWERS["contact"]))
    assert not Mailing.objects.exists()
    assert post(visitor, "contact", **ANSWERS["contact"]).url == "/sign-up/code/"
    assert len(mail.outbox) == 1
