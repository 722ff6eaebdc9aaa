"""Coming in by a link."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from provisioning.actions.invitations import invite
from provisioning.models import PartnerInvitation, Signup, SignupEvent
from shared.clock import now
from tests.provisioning.arrival import CREDIT_CODE, answer_until, last_code, post
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs


@pytest.fixture
def invitation(cast: Cast) -> PartnerInvitation:
    return invite(
        name="江城市第一人民医院",
        kind="hospital",
        region="420000",
        credit_code=CREDIT_CODE,
        email="yuan@hospital.example",
        wave="first",
        by="operator",
        at=now(),
    )


def go_through(client: Client) -> None:
    post(client, "name", name="江城市第一人民医院")
    post(client, "kind", kind="hospital")
    post(client, "credit-code", credit_code=CREDIT_CODE)
    post(client, "place", region="420000", stated_members="300")
    post(client, "contact", contact_name="袁一", email="yuan@hospital.example", phone="")
    post(client, "code", code=last_code())
    post(client, "address", slug="first-hospital")
    from provisioning.notices import AGREED_VERSION

    assert post(client, "notice", agreed="on", version=AGREED_VERSION).url == "/sign-up/confirm/"


def test_the_link_is_mailed_and_fills_the_fields(invitation: PartnerInvitation) -> None:
    run_jobs()
    assert f"/invitation/{invitation.token}/" in mail.outbox[-1].body
    visitor = Client()
    page = visitor.get(f"/invitation/{invitation.token}/").content.decode()
    assert "江城市第一人民医院" in page
    assert visitor.post(f"/invitation/{invitation.token}/").url == "/sign-up/"
    assert "江城市第一人民医院" in visitor.get("/sign-up/name/").content.decode()
    post(visitor, "name", name="江城市第一人民医院")
    post(visitor, "kind", kind="hospital")
    assert CREDIT_CODE in visitor.get("/sign-up/credit-code/").content.decode()


def test_the_funnel_follows_the_wave_from_the_link_to_the_workspace(invitation: PartnerInvitation) -> None:
    visitor = Client()
    visitor.get(f"/invitation/{invitation.token}/")
    visitor.post(f"/invitation/{invitation.token}/")
    go_through(visitor)
    visitor.post("/sign-up/confirm/")
    run_jobs()
    stages = SignupEvent.objects.filter(wave="first").values_list("stage", flat=True)
    assert set(stages) == {"invited", "link_opened", "started", "verified", "requested", "opened"}
    invitation.refresh_from_db()
    assert invitation.used_at
    assert "已经用过" in Client().get(f"/invitation/{invitation.token}/").content.decode()


def test_opening_the_link_again_goes_on_where_it_stood(invitation: PartnerInvitation) -> None:
    visitor = Client()
    visitor.post(f"/invitation/{invitation.token}/")
    post(visitor, "name", name="江城市第一人民医院")
    assert visitor.get(f"/invitation/{invitation.token}/").url == "/sign-up/"
    assert visitor.get("/sign-up/").url == "/sign-up/kind/"
    assert Signup.objects.count() == 1


def test_an_expired_link_says_so_and_shows_the_open_way(invitation: PartnerInvitation) -> None:
    with time_machine.travel(now() + timedelta(days=31)):
        response = Client().get(f"/invitation/{invitation.token}/")
    assert response.status_code == 410
    assert "已过期" in response.content.decode()
    assert "/sign-up/" in response.content.decode()


def test_an_unknown_link_tells_nothing(invitation: PartnerInvitation) -> None:
    # Turned round, not given another last letter: a token may end in any letter.
    response = Client().get(f"/invitation/{invitation.token[::-1]}/")
    assert response.status_code == 404
    assert "江城市" not in response.content.decode()
    assert not Signup.objects.exists()


def test_a_link_serves_one_opening_and_the_second_signs_up_on_its_own(invitation: PartnerInvitation) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        client.post(f"/invitation/{invitation.token}/")
    go_through(first)
    answer_until(second, "notice", contact={"email": "wu@school.example"})
    assert first.post("/sign-up/confirm/").url == "/sign-up/progress/"
    assert second.post("/sign-up/confirm/").url == "/sign-up/progress/"
    assert Signup.objects.get(email="wu@school.example").invitation is None
