"""Find my workspace: useful to who belongs there, silent to who does not."""

import re

from django.core import mail

from provisioning.actions import throttling
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs


def seen(response) -> str:
    """A page without what differs between any two requests."""
    return re.sub(r'(nonce|value)="[\w+/=-]{24,64}"', "", response.content.decode())


def ask(email: str) -> str:
    response = Client().post("/find/email/", {"email": email}, follow=True)
    assert response.redirect_chain == [("/find/sent/", 302)]
    return seen(response)


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(cast: Cast) -> None:
    assert ask("owner@jia.example") == ask("nobody@nowhere.example")
    run_jobs()
    assert [message.to for message in mail.outbox] == [["owner@jia.example"]]
    assert "http://jia.localhost/sign-in/" in mail.outbox[0].body
    assert "yan" not in mail.outbox[0].body


def test_the_mail_is_sent_later_so_that_time_tells_nothing(cast: Cast) -> None:
    ask("owner@jia.example")
    assert mail.outbox == []


def test_a_suspended_workspace_is_not_listed(cast: Cast) -> None:
    type(cast.jia).objects.filter(pk=cast.jia.pk).update(state="suspended")
    ask("owner@jia.example")
    run_jobs()
    assert mail.outbox == []


def test_asking_too_often_is_refused_whoever_is_asked_for(cast: Cast) -> None:
    for email in ("owner@jia.example", "nobody@nowhere.example"):
        for _ in range(throttling.PER_EMAIL):
            ask(email)
        response = Client().post("/find/email/", {"email": email})
        assert response.status_code == 429
        assert "太频繁" in response.content.decode()


def test_an_address_leads_to_its_sign_in_whether_it_exists_or_not(cast: Cast) -> None:
    known = seen(Client().get("/find/address/?slug=jia"))
    unknown = seen(Client().get("/find/address/?slug=nix"))
    assert "http://jia.localhost/sign-in/" in known
    assert known.replace("jia", "nix") == unknown


def test_a_malformed_address_leads_nowhere(cast: Cast) -> None:
    for slug in ("evil.example/", "//evil", "a b", "ja@evil", "console"):
        page = Client().get("/find/address/", {"slug": slug}).content.decode()
        assert "http-equiv" not in page
