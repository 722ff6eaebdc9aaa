"""What opens doors in one workspace opens nothing in another: cookies, addresses, codes, links, tokens, feeds."""

import re
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from shared.clock import now
from tests.journeys.browsing import PHONE, opened
from tests.journeys.running import Running
from tests.journeys.steps import PASSWORD, activate, local, open_workspace, press
from tests.support.qr import read_qr

SECRET = "肿瘤中心班子谈话"


def test_nothing_of_one_workspace_is_seen_from_another(running: Running, browser: Browser, desk: Page) -> None:
    activate(desk, open_workspace(running, "walls-a", name="甲医院"))
    ours = running.url("walls-a", "").rstrip("/")
    meeting, code = meet(desk, ours)
    invitation = invite(desk, ours)
    token, feed = make_token(desk, ours), make_feed(desk, ours)
    theirs = running.url("walls-b", "").rstrip("/")
    stranger = opened(browser, **PHONE)
    activate(stranger, open_workspace(running, "walls-b", name="乙医院"))

    at_home = [asked(desk, meeting), asked(desk, feed), asked(desk, "/api/v1/activities/", token)]
    assert [answer.status for answer in at_home] == [200, 200, 200]
    assert SECRET in at_home[0].text and "BEGIN:VCALENDAR" in at_home[1].text and SECRET in at_home[2].text

    for path in (meeting, f"{meeting}screen/", f"{meeting}minutes/", f"{meeting}sheet/", feed):
        answer = asked(stranger, path)
        assert answer.status == 404, path
        assert SECRET not in answer.text
    assert asked(stranger, code).status in {404, 410}
    assert SECRET not in asked(stranger, code).text
    assert asked(stranger, "/api/v1/activities/", token).status == 401
    stranger.goto(f"{theirs}{invitation}")
    expect(stranger.get_by_label("设置密码")).to_have_count(0)
    expect(stranger.locator("body")).not_to_contain_text("甲医院")

    carry_cookies(desk, stranger, ours, theirs)
    stranger.goto(f"{theirs}/activities/")
    expect(stranger).to_have_url(re.compile(r"/sign-in/"))
    stranger.get_by_label("用户名、邮箱或手机号").fill("admin@walls-a.example")
    stranger.get_by_label("密码", exact=True).fill(PASSWORD)
    press(stranger, "登录")
    expect(stranger).to_have_url(re.compile(r"/sign-in/"))
    stranger.context.close()


def meet(desk: Page, here: str) -> tuple[str, str]:
    """A meeting that takes check-ins; returns its path and the path that its QR code opens."""
    desk.goto(f"{here}/activities/new/")
    start = now().astimezone(ZoneInfo("Asia/Shanghai")) - timedelta(minutes=5)
    desk.get_by_label("主题", exact=True).fill(SECRET)
    desk.get_by_label("主题党日").check()
    desk.get_by_label("开始时间").fill(local(start))
    desk.get_by_label("结束时间").fill(local(start + timedelta(hours=1)))
    press(desk, "保存")
    meeting = desk.url.removeprefix(here)
    press(desk, "开放签到")
    drawn = desk.locator(".qr path.qrline").get_attribute("d")
    return meeting, read_qr(drawn or "").removeprefix(here)


def invite(desk: Page, here: str) -> str:
    desk.goto(f"{here}/access/invitations/new/")
    desk.get_by_label("加入到").select_option(index=1)
    press(desk, "生成邀请")
    return desk.get_by_label("邀请链接").input_value().removeprefix(here)


def make_token(desk: Page, here: str) -> str:
    desk.goto(f"{here}/me/tokens/")
    desk.get_by_label("名称").fill("对接")
    desk.get_by_label("当前密码").fill(PASSWORD)
    for box in desk.get_by_role("checkbox").all():
        box.check()
    press(desk, "创建令牌")
    return desk.get_by_label("新令牌").input_value()


def make_feed(desk: Page, here: str) -> str:
    desk.goto(f"{here}/activities/calendar/address/")
    press(desk, "生成日历地址")
    return desk.get_by_label("日历地址").input_value().removeprefix(here)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


def asked(page: Page, path: str, token: str = "") -> Answer:
    """By a script of the page: with this browser's own cookies, or with a token and none."""
    found = page.evaluate(
        """([path, token]) => fetch(path, token
              ? {credentials: "omit", headers: {Authorization: `Bearer ${token}`}}
              : {}).then(async answer => [answer.status, await answer.text()])""",
        [path, token],
    )
    return Answer(*found)


def carry_cookies(source: Page, target: Page, ours: str, theirs: str) -> None:
    """As somebody would who copies them by hand."""
    target.context.clear_cookies()
    target.context.add_cookies(
        [{"name": c["name"], "value": c["value"], "url": theirs} for c in source.context.cookies(ours)]  # type: ignore[typeddict-item]
    )
