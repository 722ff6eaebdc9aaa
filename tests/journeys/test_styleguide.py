"""Every component in a real browser: no accessibility violation, no sideways scroll, the keyboard reaches all."""

from pathlib import Path

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route

from shared.views import styleguide
from tests.architecture.sources import ROOT

HOST = "http://localhost"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": (390, 844), "small phone": (360, 740), "desk": (1440, 900)}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@pytest.fixture(scope="module")
def guide() -> dict[str, bytes]:
    """The guide in each frame, rendered once; the browser is answered from here, so no server has to run."""
    if not AXE.exists() or not finders.find("built/app.css"):
        pytest.skip("needs a built front end: make setup")
    return {frame: rendered(frame) for frame in ("workspace", "console", "public")}


def rendered(frame: str) -> bytes:
    request = RequestFactory().get("/styleguide/", {"frame": frame, "toast": "1"})
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return styleguide.page(request).content


def opened(browser: Browser, html: bytes, size: str) -> Page:
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True).new_page()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        if path == "/styleguide/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            file = Path(found)
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto(f"{HOST}/styleguide/")
    page.wait_for_selector("html.js")
    return page


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("frame", ["workspace", "console", "public"])
def test_no_accessibility_violation(browser: Browser, guide: dict[str, bytes], frame: str, size: str) -> None:
    page = opened(browser, guide[frame], size)
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("type_size", ["", "large"])
def test_nothing_scrolls_sideways(browser: Browser, guide: dict[str, bytes], size: str, type_size: str) -> None:
    page = opened(browser, guide["workspace"], size)
    page.evaluate("size => document.documentElement.dataset.type = size", type_size)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_fingers_find_targets_of_44_pixels(browser: Browser, guide: dict[str, bytes]) -> None:
    page = opened(browser, guide["workspace"], "phone")
    small = page.evaluate(
        """[...document.querySelectorAll('.btn, .form-control, .form-select, .tabbar-link, .pages a, .bar-tool')]
           .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_a_destructive_act_waits_for_its_phrase(browser: Browser, guide: dict[str, bytes]) -> None:
    page = opened(browser, guide["workspace"], "desk")
    page.get_by_role("button", name="解散").click()
    go = page.locator("[data-go]")
    assert go.is_disabled()
    page.keyboard.type("机关第一党支部")
    assert go.is_enabled()
    page.keyboard.press("Escape")
    assert page.locator(".veil").count() == 0
    assert page.evaluate("document.activeElement.textContent").strip() == "解散"


def test_arrows_walk_the_tree(browser: Browser, guide: dict[str, bytes]) -> None:
    page = opened(browser, guide["workspace"], "desk")
    page.locator("[role=treeitem][tabindex='0']").focus()
    for key, label in [
        ("ArrowDown", "技术中心党支部"),
        ("Home", "集团公司党委"),
        ("ArrowLeft", "集团公司党委"),
        ("ArrowDown", "集团公司党委"),
        ("ArrowRight", "集团公司党委"),
        ("ArrowRight", "机关党总支"),
    ]:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent").startswith(label), key


def test_choosing_rows_wakes_the_bulk_buttons(browser: Browser, guide: dict[str, bytes]) -> None:
    page = opened(browser, guide["workspace"], "desk")
    assert page.locator("[data-bulk-go]").first.is_disabled()
    page.locator("[data-all]").check()
    assert page.locator("[data-bulk-go]").first.is_enabled()
    assert page.locator("[data-chosen]").inner_text() == "已选 5 项"
    page.locator("[data-row]").first.uncheck()
    assert page.evaluate("document.querySelector('[data-all]').indeterminate")
