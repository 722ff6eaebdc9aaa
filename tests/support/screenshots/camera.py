"""One browser, one context for each person and size; pictures are kept small."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.screenshots.demo import Demo

DESK = (1440, 900)
PHONE = (390, 844)
COLOURS = 128
WORKSPACE, CONSOLE, PUBLIC = "demo", "console", ""


class Camera:
    """Signed in as whoever is asked for."""

    def __init__(self, browser: Browser, demo: Demo) -> None:
        self.browser = browser
        self.demo = demo
        self.contexts: dict[tuple[str, tuple[int, int]], BrowserContext] = {}

    def page(self, who: str, size: tuple[int, int]) -> Page:
        """A fresh page of somebody's; the empty name is a visitor."""
        key = (who, size)
        if key not in self.contexts:
            self.contexts[key] = self._context(who, size)
        return self.contexts[key].new_page()

    def url(self, who: str, path: str) -> str:
        return self.demo.url({"": PUBLIC, "operator": CONSOLE}.get(who, WORKSPACE), path)

    def _context(self, who: str, size: tuple[int, int]) -> BrowserContext:
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai",
            is_mobile=size == PHONE, has_touch=size == PHONE,
            device_scale_factor=2 if size == PHONE else 1, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(20_000)
        if who:
            page = context.new_page()
            page.goto(self.url(who, "/sign-in/"))
            page.get_by_label("用户名、邮箱或手机号").fill(who)
            page.get_by_label("密码", exact=True).fill(self.demo.password(who))
            page.get_by_role("button", name="登录").click()
            page.wait_for_url(lambda address: "/sign-in/" not in address)
            page.close()
        return context


def take(page: Page, into: list[Path]) -> None:
    """What the window shows, as a palette PNG, into one or several files."""
    page.wait_for_load_state("networkidle")
    found = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    small = found.quantize(COLOURS, dither=Image.Dither.NONE)
    for path in into:
        path.parent.mkdir(parents=True, exist_ok=True)
        small.save(path, optimize=True)
