"""From a link to a second factor; from a poster to the list of people."""

import time

from playwright.sync_api import Page, expect

from tests.journeys.running import Running
from tests.journeys.steps import PASSWORD, activate, open_workspace
from workspace.accounts import totp


def arrive(page: Page, running: Running, slug: str) -> str:
    activate(page, open_workspace(running, slug))
    return running.url(slug, "").rstrip("/")


def test_an_administrator_activates_and_adds_a_second_factor(running: Running, phone: Page) -> None:
    here = arrive(phone, running, "arriving-a")
    phone.goto(f"{here}/me/factor/")
    secret = totp_secret(phone.input_value("#factor-secret"))
    phone.get_by_label("验证码", exact=True).fill(totp.code(secret, int(time.time()) // totp.STEP_S))
    phone.get_by_label("当前密码").fill(PASSWORD)
    phone.get_by_role("button", name="开启", exact=True).click()
    recovery = phone.locator("code").first.inner_text()
    phone.context.clear_cookies()
    phone.goto(f"{here}/sign-in/")
    phone.get_by_label("用户名、邮箱或手机号").fill("admin@arriving-a.example")
    phone.get_by_label("密码", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="登录").click()
    phone.get_by_label("验证码", exact=True).fill(recovery)
    phone.get_by_role("button", name="继续").click()
    phone.goto(f"{here}/me/security/")
    expect(phone.get_by_text("还剩 9 个恢复码")).to_be_visible()


def test_a_person_joins_by_the_poster_and_is_let_in(running: Running, desk: Page, phone: Page) -> None:
    here = arrive(desk, running, "arriving-b")
    desk.goto(f"{here}/access/invitations/new/")
    desk.get_by_label("加入到").select_option(index=1)
    desk.get_by_role("button", name="生成邀请").click()
    code = desk.locator(".qr-code").inner_text()
    phone.goto(f"{here}/join/")
    phone.get_by_label("邀请口令").fill(code.lower())
    phone.get_by_role("button", name="继续").click()
    phone.get_by_label("姓名").fill("孙新人")
    phone.get_by_label("手机号").fill("138 1111 2222")
    phone.get_by_label("设置密码").fill(PASSWORD)
    phone.get_by_label("再输入一次").fill(PASSWORD)
    phone.get_by_role("button", name="加入").click()
    expect(phone.get_by_role("heading", name="申请已提交")).to_be_visible()
    desk.goto(f"{here}/access/joinings/")
    desk.get_by_role("button", name="通过 孙新人", exact=True).click()
    desk.goto(f"{here}/access/people/?q=孙")
    expect(desk.get_by_role("link", name="孙新人")).to_be_visible()
    phone.goto(f"{here}/sign-in/")
    phone.get_by_label("用户名、邮箱或手机号").fill("13811112222")
    phone.get_by_label("密码", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="登录").click()
    phone.goto(f"{here}/me/")
    expect(phone.get_by_text("用户名：sunxinren")).to_be_visible()


def totp_secret(readable: str) -> bytes:
    import base64

    return base64.b32decode(readable.replace(" ", ""))
