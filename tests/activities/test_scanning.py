"""From the camera to the roll in three taps, and nobody else's code opens it."""

from datetime import timedelta

import pytest
import time_machine

from tenants import context
from tests.support.activities import at, branch_of, member, planned
from tests.support.cast import PASSWORD, Cast, Client
from workspace.activities.actions import check_in
from workspace.activities.models import Activity, CheckIn
from workspace.activities.queries import codes

START = at("2026-09-15", 14)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as moving:
        yield moving


@pytest.fixture
def activity(cast: Cast, clock) -> Activity:
    with context.inside(cast.jia):
        made = planned(branch_of(4), start=START, online_url="https://meeting.example/1")
        return check_in.open_check_in(made, by=cast.user("secretary"), at=START)


def code_now(cast: Cast, activity: Activity) -> str:
    from shared.clock import now

    with context.inside(cast.jia):
        return codes.qr_code(activity, at=now())


def arrivals(cast: Cast) -> list[tuple[str, str]]:
    with context.inside(cast.jia):
        return list(CheckIn.objects.values_list("member__name", "method"))


def test_scan_and_one_tap(cast: Cast, activity: Activity) -> None:
    person = cast.signed_in("member")
    landed = person.get(f"/c/{code_now(cast, activity)}", follow=True)
    assert "签到" in landed.content.decode()
    done = person.post(f"/activities/{activity.pk}/check-in/", {"device_at": "2026-09-15T05:59:58.123Z"}, follow=True)
    assert "签到成功" in done.content.decode()
    assert arrivals(cast) == [("王党员", "qr")]
    with context.inside(cast.jia):
        assert CheckIn.objects.get().device_at.isoformat() == "2026-09-15T05:59:58.123000+00:00"
    person.post(f"/activities/{activity.pk}/check-in/")
    assert len(arrivals(cast)) == 1


def test_signing_in_may_take_longer_than_the_code_lives(cast: Cast, activity: Activity, clock) -> None:
    phone = Client("jia")
    landed = phone.get(f"/c/{code_now(cast, activity)}", follow=True)
    assert landed.redirect_chain[-1][0].startswith("/sign-in/")
    clock.shift(timedelta(minutes=3))
    signed = phone.post(
        "/sign-in/",
        {"username": "member", "password": PASSWORD, "next": f"/activities/{activity.pk}/check-in/"},
        follow=True,
    )
    assert signed.redirect_chain[-1][0] == f"/activities/{activity.pk}/check-in/"
    phone.post(f"/activities/{activity.pk}/check-in/")
    assert arrivals(cast) == [("王党员", "qr")]


def test_a_scan_is_good_for_ten_minutes(cast: Cast, activity: Activity, clock) -> None:
    person = cast.signed_in("member")
    person.get(f"/c/{code_now(cast, activity)}")
    clock.shift(timedelta(minutes=10, seconds=1))
    assert person.post(f"/activities/{activity.pk}/check-in/").status_code == 409
    assert arrivals(cast) == []


def test_an_old_code_says_to_scan_again(cast: Cast, activity: Activity, clock) -> None:
    code = code_now(cast, activity)
    clock.shift(timedelta(seconds=50))
    answer = cast.signed_in("member").get(f"/c/{code}")
    assert answer.status_code == 410
    assert "请重新扫描大屏幕上的二维码" in answer.content.decode()


def test_a_link_passed_on_carries_no_scan(cast: Cast, activity: Activity) -> None:
    cast.signed_in("secretary").get(f"/c/{code_now(cast, activity)}")
    friend = cast.signed_in("member")
    assert friend.post(f"/activities/{activity.pk}/check-in/").status_code == 409
    assert arrivals(cast) == []


def test_a_code_of_one_workspace_opens_nothing_in_another(cast: Cast, activity: Activity) -> None:
    code = code_now(cast, activity)
    with context.inside(cast.yan):
        # the same key, kind, seed and people over there
        twin = planned(branch_of(4), start=START)
        check_in.open_check_in(twin, by=cast.user("secretary"), at=START)
        twin.roll.all().delete()
        Activity.objects.filter(pk=twin.pk).update(id=activity.pk, check_in_seed=activity.check_in_seed)
    assert cast.signed_in("member", at="yan").get(f"/c/{code}").status_code == 410
    with context.inside(cast.yan):
        assert not CheckIn.objects.exists()


def test_a_stranger_with_the_code_is_told_plainly(cast: Cast, activity: Activity) -> None:
    stranger = cast.signed_in("stranger")
    assert stranger.get(f"/c/{code_now(cast, activity)}", follow=True).status_code == 200
    said = stranger.post(f"/activities/{activity.pk}/check-in/")
    assert said.status_code == 409
    assert "不在「九月主题党日」的参加名单中" in said.content.decode()
    assert arrivals(cast) == []


def test_a_stranger_without_the_code_finds_nothing(cast: Cast, activity: Activity) -> None:
    stranger = cast.signed_in("stranger")
    assert stranger.get(f"/activities/{activity.pk}/check-in/").status_code == 404
    assert stranger.post(f"/activities/{activity.pk}/check-in/code/", {"code": "123456"}).status_code == 404


@pytest.mark.parametrize("code", ["1", "1-", "nonsense", "999-aaaaaaaaaaaa", "0-aaaaaaaaaaaa"])
def test_nonsense_in_the_short_link_is_answered_like_an_old_code(cast: Cast, activity: Activity, code: str) -> None:
    assert cast.signed_in("member").get(f"/c/{code}").status_code == 410


def test_the_spoken_code_checks_in_and_wrong_ones_run_out(cast: Cast, activity: Activity, clock) -> None:
    with context.inside(cast.jia):
        good = codes.spoken_code(activity, at=START)
    wrong = "000000" if good != "000000" else "111111"
    person, url = cast.signed_in("member"), f"/activities/{activity.pk}/check-in/code/"
    for left in (4, 3, 2, 1, 0):
        said = person.post(url, {"code": wrong})
        assert said.status_code == 422
        assert f"还可以再试{left}次" in said.content.decode()
    stopped = person.post(url, {"code": good})
    assert stopped.status_code == 429
    assert arrivals(cast) == []
    other = cast.signed_in("secretary")
    assert other.post(url, {"code": good}).status_code == 302  # one person's guesses stop nobody else
    clock.shift(timedelta(minutes=10, seconds=1))
    with context.inside(cast.jia):
        later = codes.spoken_code(activity, at=START + timedelta(minutes=10, seconds=1))
    person.post(url, {"code": later})
    assert sorted(arrivals(cast)) == [("李书记", "code"), ("王党员", "code")]


def test_joining_online_is_noted_and_leads_to_the_meeting(cast: Cast, activity: Activity) -> None:
    person = cast.signed_in("member")
    page = person.post(f"/activities/{activity.pk}/check-in/remote/", follow=True).content.decode()
    assert 'href="https://meeting.example/1"' in page
    assert arrivals(cast) == [("王党员", "remote")]


def test_the_screen_shows_a_code_that_works_and_counts(cast: Cast, activity: Activity) -> None:
    screen = cast.signed_in("secretary")
    with context.inside(cast.jia):
        good = codes.spoken_code(activity, at=START)
    page = screen.get(f"/activities/{activity.pk}/screen/live/").content.decode()
    assert good in page
    assert "<svg" in page
    with context.inside(cast.jia):
        check_in.mark_present(activity, member("member"), by=cast.user("secretary"), at=START, reason="点名")
    assert "<strong>1</strong> / 4" in screen.get(f"/activities/{activity.pk}/screen/live/").content.decode()


def test_closing_check_in_ends_every_code(cast: Cast, activity: Activity) -> None:
    code = code_now(cast, activity)
    person = cast.signed_in("member")
    person.get(f"/c/{code}")
    cast.signed_in("secretary").post(f"/activities/{activity.pk}/screen/opening/", {"open": "0"})
    assert person.get(f"/c/{code}").status_code == 410
    assert person.post(f"/activities/{activity.pk}/check-in/").status_code == 409
