"""What people do on many pages, in the words of the pages."""

import os
import re
import time
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.browsing import DESK, opened
from tests.journeys.running import Running

PASSWORD = "Arrived-here-88"


def open_workspace(running: Running, slug: str, *, name: str = "东城医院", admin: str = "陈主任") -> str:
    """A workspace made by the operator's command; returns the administrator's activation link."""
    made = running.manage(
        "open_workspace", "--name", name, "--slug", slug, "--type", "hospital",
        "--admin-email", f"admin@{slug}.example", "--admin-name", admin,
    )  # fmt: skip
    return re.findall(r'"activation": "([^"]+)"', made)[0]


def activate(page: Page, link: str) -> None:
    """Set the first password and arrive at the first page."""
    page.goto(link)
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再输入一次").fill(PASSWORD)
    page.get_by_role("button", name="设置密码并进入").click()
    expect(page).to_have_url(re.compile(r"^http://[\w-]+\.localhost:\d+/$"))


def operator(running: Running, browser: Browser, email: str, name: str) -> Page:
    """The browser of somebody new who runs the platform."""
    page = opened(browser, **DESK)
    activate(page, running.manage("create_operator", "--email", email, "--name", name).split()[-1])
    return page


def sign_in(page: Page, here: str, who: str, password: str = PASSWORD) -> None:
    page.goto(f"{here}/sign-in/")
    page.get_by_label("用户名、邮箱或手机号").fill(who)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(f"{here}/")


def press(page: Page, name: str) -> None:
    """The button of exactly this name in the page's content; then the answer must not be an error page."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """The first link of exactly this name in the page's content."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def local(moment: datetime) -> str:
    """As a date-and-time input takes it."""
    return moment.strftime("%Y-%m-%dT%H:%M")


def looks_right(page: Page, name: str) -> None:
    """On a phone and on a desk nothing hangs over the edge. With JOURNEY_PICTURES=folder both pictures are kept."""
    before, folder = page.viewport_size, os.environ.get("JOURNEY_PICTURES")
    for label, width, height in (("phone", 390, 844), ("desk", 1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name}: {wide} px too wide at {width}"
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{label}.png", full_page=True, animations="disabled")
    if before:
        page.set_viewport_size(before)


def reload_until(page: Page, shown: Locator, *, within_s: float = 30) -> None:
    """For a page that tells what the worker has done, when it is looked at again."""
    deadline = time.monotonic() + within_s
    while not shown.is_visible():
        assert time.monotonic() < deadline, f"not shown within {within_s} s: {shown}"
        page.reload()
