"""Browser profiles: nobody shares cookies with anybody."""

from typing import Any

from playwright.sync_api import Browser, Page, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


def opened(browser: Browser, **profile: Any) -> Page:
    """A page of its own profile."""
    page = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **profile).new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page
