"""A real browser against the running product. Without Chromium the journeys say so and are skipped, unless required."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.browsing import DESK, PHONE, opened
from tests.journeys.running import Running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)
            # One server and one browser serve all of them: they belong to one worker process.
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("REQUIRE_JOURNEYS"):
            pytest.fail("Chromium is required here and was not found")
        pytest.skip("browser journeys need Chromium on PATH (Debian: apt install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running(browser: Browser) -> Iterator[Running]:
    from config.settings import test as settings

    if settings.EMBEDDED:
        settings.CLUSTER.ensure_running()
        settings.CLUSTER.fresh_database("tongxin_journeys")
    made = Running()
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = opened(browser, **PHONE)
    yield page
    page.context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    page = opened(browser, **DESK)
    yield page
    page.context.close()
