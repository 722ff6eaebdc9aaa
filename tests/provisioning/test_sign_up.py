"""The sign-up from the first screen to the living workspace."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from provisioning import opening
from provisioning.models import Opening, Signup, SignupEvent
from shared.clock import now
from tenants import worker
from tenants.models import Tenant
from tests.provisioning.arrival import ANSWERS, CREDIT_CODE, answer_until, error_of, last_code, post
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs


@pytest.fixture
def visitor(cast: Cast) -> Client:
    return Client()


def test_a_visitor_answers_nine_questions_and_works_in_a_workspace(visitor: Client) -> None:
    answer_until(visitor, "notice")
    page = visitor.get("/sign-up/confirm/")
    assert "江城市实验中学" in page.content.decode()
    assert "湖北省" in page.content.decode()
    assert visitor.post("/sign-up/confirm/").url == "/sign-up/progress/"
    waiting = visitor.get("/sign-up/progress/").content.decode()
    assert "正在开通" in waiting
    assert 'http-equiv="refresh"' in waiting
    run_jobs()
    tenant = Tenant.objects.get(slug="shiyan-school")
    assert tenant.state == Tenant.State.ACTIVE
    assert (tenant.region, tenant.stated_members, tenant.kind) == ("420000", 86, "community")
    done = visitor.get("/sign-up/progress/").content.decode()
    assert "http://shiyan-school.localhost/activate/" in done
    assert done.count("毫秒") == 3
    assert "http-equiv" not in done
    assert mail.outbox[-1].to == ["zhou@school.example"]
    assert "http://shiyan-school.localhost/activate/" in mail.outbox[-1].body


def test_the_activation_link_opens_a_page_of_the_new_workspace(visitor: Client) -> None:
    answer_until(visitor, "notice")
    visitor.post("/sign-up/confirm/")
    run_jobs()
    row = Opening.objects.get(tenant__slug="shiyan-school")
    path = opening.activation_url(row).removeprefix("http://shiyan-school.localhost")
    assert Client("shiyan-school").get(path).status_code == 200


def test_the_link_is_shown_to_nobody_else(visitor: Client) -> None:
    answer_until(visitor, "notice")
    visitor.post("/sign-up/confirm/")
    run_jobs()
    assert Client().get("/sign-up/progress/").url == "/sign-up/"
    forged = Client()
    forged.cookies["signup"] = Signup.objects.get().token
    assert forged.get("/sign-up/progress/").url == "/sign-up/"


def test_a_screen_out_of_turn_leads_to_the_one_whose_turn_it_is(visitor: Client) -> None:
    assert visitor.get("/sign-up/confirm/").url == "/sign-up/name/"
    answer_until(visitor, "kind")
    assert visitor.get("/sign-up/address/").url == "/sign-up/credit-code/"
    assert visitor.get("/sign-up/").url == "/sign-up/credit-code/"


def test_a_reload_and_the_back_button_find_what_was_typed(visitor: Client) -> None:
    answer_until(visitor, "contact")
    assert "zhou@school.example" in visitor.get("/sign-up/contact/").content.decode()
    assert "江城市实验中学" in visitor.get("/sign-up/name/").content.decode()
    # Submitting the earlier screen again goes on where the sign-up stood, and mails nothing twice.
    assert post(visitor, "contact", **ANSWERS["contact"]).url == "/sign-up/code/"
    assert len(mail.outbox) == 1


def test_a_double_submit_opens_one_workspace(visitor: Client) -> None:
    answer_until(visitor, "notice")
    assert visitor.post("/sign-up/confirm/").url == "/sign-up/progress/"
    assert visitor.post("/sign-up/confirm/").url == "/sign-up/progress/"
    assert Opening.objects.filter(tenant__slug="shiyan-school").count() == 1
    assert len(worker.pending()) == 1
    assert visitor.get("/sign-up/name/").url == "/sign-up/progress/"


def test_a_lost_cookie_is_told_and_begins_anew(visitor: Client) -> None:
    response = visitor.post("/sign-up/place/", ANSWERS["place"], follow=True)
    assert "重新开始" in response.content.decode()


def test_starting_over_leaves_nothing_behind(visitor: Client) -> None:
    answer_until(visitor, "code")
    visitor.post("/sign-up/start-over/")
    assert not Signup.objects.exists()
    assert "zhou" not in visitor.get("/sign-up/name/").content.decode()


def test_a_name_keeps_no_markup_and_nothing_invisible(visitor: Client) -> None:
    for name in ("<script>alert(1)</script>", "江城\u202e中学", "江城\u200b中学", "=cmd|' /C calc'!A0", "()()", "1"):
        assert error_of(post(visitor, "name", name=name)), name
    assert not Signup.objects.exists()


def test_a_wrong_credit_code_says_what_is_wrong(visitor: Client) -> None:
    answer_until(visitor, "kind", kind={"kind": "hospital"})
    assert "校验位" in error_of(post(visitor, "credit-code", credit_code="91420100MA00000011"))
    assert error_of(post(visitor, "credit-code", credit_code=""))
    assert post(visitor, "credit-code", credit_code=" 9142 0100-MA0000 0012").status_code == 302
    assert Signup.objects.get().credit_code == CREDIT_CODE


def test_a_community_may_go_without_a_code_but_says_why(visitor: Client) -> None:
    answer_until(visitor, "kind")
    assert "原因" in error_of(post(visitor, "credit-code", credit_code="", no_code=""))
    assert post(visitor, "credit-code", credit_code="", no_code="superior").status_code == 302


def test_another_type_asks_for_the_code_that_was_left_out(visitor: Client) -> None:
    answer_until(visitor, "place")
    assert post(visitor, "kind", kind="hospital").url == "/sign-up/credit-code/"
    assert "required" not in error_of(post(visitor, "credit-code", credit_code=""))
    assert Signup.objects.get().stated_members == 86


def test_an_organisation_that_is_here_is_told_and_shown_the_way(visitor: Client, cast: Cast) -> None:
    Tenant.objects.filter(pk=cast.jia.pk).update(credit_code=CREDIT_CODE)
    answer_until(visitor, "kind", kind={"kind": "hospital"})
    response = post(visitor, "credit-code", credit_code=CREDIT_CODE)
    assert "已经开通" in error_of(response)
    assert "单位可能已经开通过？" in response.content.decode()
    assert Signup.objects.get().credit_code == ""


def test_of_two_browsers_of_one_organisation_one_opens(visitor: Client) -> None:
    other = Client()
    known = {"kind": {"kind": "hospital"}, "credit-code": {"credit_code": CREDIT_CODE, "no_code": ""}}
    answer_until(visitor, "notice", **known)
    answer_until(other, "notice", **known, address={"slug": "shiyan-other"})
    assert visitor.post("/sign-up/confirm/").url == "/sign-up/progress/"
    assert other.post("/sign-up/confirm/").url == "/find/"
    assert not Tenant.objects.filter(slug="shiyan-other").exists()


def test_the_notice_is_never_agreed_to_beforehand(visitor: Client) -> None:
    answer_until(visitor, "address")
    page = visitor.get("/sign-up/notice/").content.decode()
    assert 'name="agreed"' in page
    assert "checked" not in page
    assert "同意之后" in error_of(post(visitor, "notice", version="x"))
    assert "更新" in error_of(post(visitor, "notice", agreed="on", version="2020-01"))
    assert visitor.get("/sign-up/confirm/").url == "/sign-up/notice/"


def test_a_notice_that_changed_since_is_read_anew(visitor: Client) -> None:
    answer_until(visitor, "notice")
    Signup.objects.update(notice_version="2020-01")
    assert visitor.post("/sign-up/confirm/", follow=True).redirect_chain[-1][0] == "/sign-up/notice/"
    assert not Opening.objects.filter(tenant__slug="shiyan-school").exists()


def test_an_abandoned_sign_up_is_forgotten_after_thirty_days(visitor: Client) -> None:
    from provisioning.tasks import purge_abandoned

    answer_until(visitor, "contact")
    with time_machine.travel(now() + timedelta(days=29)):
        purge_abandoned()
        assert Signup.objects.exists()
    with time_machine.travel(now() + timedelta(days=31)):
        purge_abandoned()
        assert not Signup.objects.exists()
    # What the funnel counts names nobody and stays.
    assert SignupEvent.objects.filter(stage="started", signup=None).count() == 1


def test_the_funnel_knows_every_stage(visitor: Client) -> None:
    from provisioning import funnel

    answer_until(visitor, "notice")
    visitor.post("/sign-up/confirm/")
    run_jobs()
    tenant = Tenant.objects.get(slug="shiyan-school")
    funnel.activated(tenant, at=now())
    funnel.activated(tenant, at=now())
    counted = funnel.counts(since=now() - timedelta(minutes=5), wave="")
    assert list(counted) == ["invited", "link_opened", "started", "verified", "requested", "opened", "activated"]
    assert counted["activated"] == counted["started"] == 1
    mine = SignupEvent.objects.filter(signup=Signup.objects.get()).values_list("stage", flat=True)
    assert set(mine) == {"started", "verified", "requested", "opened", "activated"}
    assert len(mine) == 5


def test_progress_says_when_no_worker_runs_and_goes_on_when_one_does(visitor: Client) -> None:
    answer_until(visitor, "notice")
    visitor.post("/sign-up/confirm/")
    assert "没有运行" not in visitor.get("/sign-up/progress/").content.decode()
    with time_machine.travel(now() + timedelta(seconds=21)):
        page = visitor.get("/sign-up/progress/").content.decode()
        assert "没有运行" in page
        assert "继续等待" in page
    run_jobs()
    assert "已开通" in visitor.get("/sign-up/progress/").content.decode()


def test_progress_by_htmx_is_the_changing_part_alone(visitor: Client) -> None:
    answer_until(visitor, "notice")
    visitor.post("/sign-up/confirm/")
    part = visitor.get("/sign-up/progress/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 1s"' in part
    run_jobs()
    assert "hx-trigger" not in visitor.get("/sign-up/progress/", headers={"HX-Request": "true"}).content.decode()


def test_a_failed_opening_says_so_and_can_be_tried_again(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_until(visitor, "notice")
    visitor.post("/sign-up/confirm/")
    with monkeypatch.context() as broken:
        broken.setattr(opening.seeding, "welcome", lambda start, script: 1 / 0)
        # As the worker does it, outside any transaction, so that what failed is kept.
        with pytest.raises(ZeroDivisionError):
            worker.perform("provisioning.open", None, {"opening_id": Opening.objects.latest("pk").pk})
    page = visitor.get("/sign-up/progress/").content.decode()
    assert "有一步没有完成" in page
    assert "ZeroDivisionError" not in page
    visitor.post("/sign-up/progress/try-again/")
    run_jobs()
    assert "已开通" in visitor.get("/sign-up/progress/").content.decode()


def test_the_code_of_the_last_mail_is_six_digits(visitor: Client) -> None:
    answer_until(visitor, "contact")
    assert len(last_code()) == 6
    assert mail.outbox[-1].to == ["zhou@school.example"]
