"""`make screenshots`: the demo is made anew, looked at, and thrown away. Prints every picture with its size."""

import shutil
import sys

from playwright.sync_api import Page, sync_playwright

from tests.architecture.sources import ROOT
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.support.screenshots import scenes
from tests.support.screenshots.camera import DESK, PHONE, Camera, take
from tests.support.screenshots.demo import VAR, Demo
from tests.support.screenshots.screens import ON_LANDING, SCREENS

PICTURES = ROOT / "docs" / "pictures"
LANDING = ROOT / "src" / "shared" / "static" / "pictures"


def shoot(camera: Camera) -> None:
    """Every picture, the quiet screens first: the scenes change what the others would show."""
    for screen in SCREENS:
        page = camera.page(screen.who, screen.size)
        page.goto(camera.url(screen.who, screen.path))
        if screen.name == "tree":
            _unfold(page)
        if screen.scroll_to:
            page.locator(screen.scroll_to).first.scroll_into_view_if_needed()
        keep(page, screen.name)
    keep(scenes.first_hour(camera), "first-hour")
    keep(_at(camera, "admin", scenes.rehearsed_import(camera)), "import-review")
    keep(scenes.rehearsed_list(camera), "units-list")
    case = scenes.late_case(camera)
    keep(_at(camera, "admin", case), "development-case")
    keep(_at(camera, "admin", case, size=PHONE), "development-case-phone")
    meeting = scenes.meeting_now(camera)
    keep(scenes.checked_in(camera, meeting), "check-in-phone")
    keep(_at(camera, "shuji", meeting + "screen/?screen=wall"), "check-in-screen")
    keep(_at(camera, "shuji", _last_closed(camera) + "sheet/"), "minutes")


def keep(page: Page, name: str) -> None:
    into = [PICTURES / f"{name}.png"]
    if name in ON_LANDING:
        into.append(LANDING / f"{ON_LANDING[name]}.png")
    take(page, into)
    page.close()
    print(f"{into[0].relative_to(ROOT)}  {into[0].stat().st_size / 1024:.0f} kB", flush=True)  # noqa: T201 - a command


def _at(camera: Camera, who: str, address: str, *, size: tuple[int, int] = DESK) -> Page:
    page = camera.page(who, size)
    page.goto(address)
    return page


def _unfold(page: Page) -> None:
    """Open the first general branch, so that branches are seen."""
    page.locator("li.closed > .tree-row > .tree-toggle").first.click()


def _last_closed(camera: Camera) -> str:
    page = camera.page("shuji", DESK)
    page.goto(camera.url("shuji", "/activities/all/?state=closed"))
    address = page.locator("main td a[href*='/activities/'], main th a[href*='/activities/']").first.get_attribute(
        "href"
    )
    page.close()
    return camera.url("shuji", address or "")


def main() -> int:
    if not CHROMIUM:
        print("Chromium is needed on PATH (Debian: apt install chromium fonts-noto-cjk)", file=sys.stderr)  # noqa: T201
        return 1
    with Demo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shoot(Camera(browser, demo))
        browser.close()
    shutil.rmtree(VAR, ignore_errors=True)
    total = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{len(list(PICTURES.glob('*.png')))} pictures, {total / 1024 / 1024:.1f} MB")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
