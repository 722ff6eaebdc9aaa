"""The main pages with a year of data, as an administrator and as a member, on a phone and on a desk.

No violation of WCAG 2.2 AA, nothing wider than a small phone, a quiet console, and a small first view from us alone.
"""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.architecture.sources import ROOT
from tests.journeys.browsing import DESK, PHONE, opened
from tests.journeys.running import Running
from tests.journeys.steps import sign_in

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES: dict[str, dict[str, Any]] = {"phone": PHONE, "desk": DESK}
SMALL_PHONE = {"width": 360, "height": 740}
FIRST_VIEW_BYTES = 150 * 1024  # CSS and JS, gzipped
FIRST_VIEW_REQUESTS = 20

PUBLIC = ("/", "/sign-up/", "/find/", "/six/", "/questions/", "/status/", "/changelog/", "/notices/privacy/")
BOTH = ("/", "/inbox/", "/activities/", "/activities/calendar/", "/activities/obligations/", "/me/", "/me/security/",
        "/rules/", "/rules/admission.development_object/")  # fmt: skip
MEMBERS = (*BOTH, "/members/me/", "/dues/me/", "/learning/me/", "/voice/", "/dashboards/development/me/")
ADMINS = (
    *BOTH,
    *("/organization/", "/members/", "/members/new/", "/members/imports/new/", "/activities/new/", "/activities/all/"),
    *("/activities/resolutions/", "/access/people/", "/access/invitations/new/", "/dues/overview/"),
    *("/learning/overview/", "/voice/", "/dashboards/", "/dashboards/responsibility/", "/dashboards/vitality/"),
    *("/statistics/", "/statistics/changes/", "/statistics/category/people/whole/", "/statistics/sheet/"),
    *("/quality/", "/quality/people/"),
    *("/development/", "/development/overdue/", "/development/plans/", "/development/cases/new/newcomer/"),
    *("/development/cases/1/", "/development/cases/1/file/", "/development/imports/new/"),
)


@pytest.fixture(scope="module")
def demo(running: Running) -> dict[str, tuple[str, str]]:
    """Name and password by what somebody is: admin and member."""
    if not AXE.exists():
        pytest.skip("needs the front-end packages: make setup")
    running.manage("demo")
    notes = json.loads((ROOT / "var/journeys/demo.json").read_text())
    found = {one["username"]: (one["username"], one["password"]) for one in notes["people"]}
    return {"admin": found["admin"], "member": found["dangyuan"]}


@pytest.fixture(scope="module", params=["admin-phone", "admin-desk", "member-phone", "member-desk", "visitor-phone"])
def reader(
    request: pytest.FixtureRequest, running: Running, browser: Browser, demo: dict[str, tuple[str, str]]
) -> Iterator[tuple[Page, str, tuple[str, ...]]]:
    """Somebody at a screen: the page, where they are, and what they read there."""
    who, size = request.param.split("-")
    page = opened(browser, bypass_csp=True, **SIZES[size])
    here = running.url("demo" if who in demo else "", "").rstrip("/")
    if who in demo:
        name, password = demo[who]
        sign_in(page, here, name, password)
    yield page, here, {"admin": ADMINS, "member": MEMBERS, "visitor": PUBLIC}[who]
    page.context.close()


def test_every_page_can_be_used_by_everybody(reader: tuple[Page, str, tuple[str, ...]]) -> None:
    page, here, paths = reader
    found: dict[str, Any] = {}
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    for path in paths:
        answer = page.goto(f"{here}{path}")
        assert answer and answer.status == 200, path
        if violations := judged(page):
            found[path] = violations
        size = page.viewport_size
        page.set_viewport_size({"width": SMALL_PHONE["width"], "height": SMALL_PHONE["height"]})
        if wide := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
            found[f"{path} is wider than 360 px by"] = wide
        if size:
            page.set_viewport_size(size)
    assert (found, noise) == ({}, [])


def judged(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule and where."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [(v["id"], [n["html"][:160] for n in v["nodes"][:4]]) for v in found]


@pytest.mark.parametrize("path", ["/", "/dashboards/", "/members/"])
def test_a_first_view_is_small_and_comes_from_us_alone(
    running: Running, browser: Browser, demo: dict[str, tuple[str, str]], path: str
) -> None:
    known = opened(browser, **PHONE)
    here = running.url("demo", "").rstrip("/")
    sign_in(known, here, *demo["admin"])
    fresh = opened(browser, **PHONE, storage_state=known.context.storage_state())
    answers: list[Response] = []
    fresh.on("response", lambda answer: answers.append(answer))
    fresh.goto(f"{here}{path}", wait_until="load")
    assert {answer.url.split("/")[2] for answer in answers} == {here.split("/")[2]}
    assert len(answers) <= FIRST_VIEW_REQUESTS
    weighed = [answer for answer in answers if answer.request.resource_type in {"stylesheet", "script"}]
    assert weighed
    assert sum(len(gzip.compress(answer.body())) for answer in weighed) <= FIRST_VIEW_BYTES
    known.context.close()
    fresh.context.close()
