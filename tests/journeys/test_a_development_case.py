"""A whole development case in the browser, from application to conversion, at a server whose clock is years on."""

import subprocess
import sys
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.architecture.sources import ROOT
from tests.journeys.running import Running, free_port
from tests.journeys.steps import PASSWORD, open_workspace, press, sign_in
from tests.support.waiting import until_answered

SLUG = "fazhan"
ELSEWHEN = datetime(2028, 11, 25, 2, tzinfo=UTC).isoformat()
# What stands on each form beside the day: label → what is typed; a lone name is a button or a box to tick.
BALLOT = {"应到会有表决权人数": "3", "实到会有表决权人数": "3", "赞成": "3"}
STEPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("talk", "2026-06-20", {"谈话人": "周书记"}),
    ("recommend", "2026-07-10", {"依据": "2026年7月10日支委会"}),
    ("file_activist", "2026-07-15", {}),
    ("contacts", "2026-07-15", {"people": "1"}),
    ("examine", "2026-12-30", {"考察意见": "积极要求进步"}),
    ("examine", "2027-07-08", {"考察意见": "表现稳定"}),
    ("public_notice", "2027-07-12", {"张贴地点": "公告栏", "受理电话": "8021"}),
    ("decide_object", "2027-07-26", {"依据": "2027年7月26日支委会"}),
    ("file_object", "2027-07-30", {"依据": "备案批复1号"}),
    ("introducers", "2027-08-01", {"people": "2"}),
    ("political_review", "2027-08-20", {"依据": "政审材料"}),
    ("training", "2027-09-05", {"天数": "3"}),
    ("committee_review", "2027-09-10", {"依据": "支委会"}),
    ("prereview", "2027-09-20", {"依据": "预审意见1号"}),
    ("application_form", "2027-09-25", {}),
    ("general_meeting", "2027-10-12", BALLOT | {"依据": "2027年10月12日支部大会"}),
    ("talk_above", "2027-11-01", {"谈话人": "组织部"}),
    ("approval", "2027-11-20", {"依据": "党委批复3号"}),
    ("file_approval", "2027-11-25", {}),
    ("join_group", "2027-11-25", {}),
    ("oath", "2027-12-10", {}),
    ("apply_conversion", "2028-10-01", {}),
    ("conversion_meeting", "2028-10-13", BALLOT | {"依据": "2028年10月13日支部大会"}),
    ("conversion_approval", "2028-11-10", {"依据": "党委批复9号"}),
)
SETTLE = """
from shared.clock import now
from tenants import context
from tenants.models import Tenant
from workspace.members.models import Member
from workspace.accounts.models import User
from workspace.organization.models import Unit
with context.inside(Tenant.objects.get(slug="{slug}")):
    branch = Unit.objects.filter(type="631", is_sample=False).order_by("path").first()
    for name in ("周书记", "吴委员", "郑委员"):
        Member.objects.create(unit=branch, name=name, joined_on="2010-01-01", converted_on="2011-01-01")
    admin = User.objects.get(grants__role="admin")
    admin.set_password("{password}")
    admin.password_set_at = now()
    admin.save()
    Member.objects.create(unit=branch, name="孙申请", category="applicant", birth_date="1998-05-04")
"""


@pytest.fixture
def later(running: Running) -> Iterator[str]:
    """The same product over the same database, two years on; the address of its workspace."""
    port = free_port()
    environment = running.environment | {
        "ELSEWHEN": ELSEWHEN,
        "PYTHONPATH": str(ROOT / "tests" / "journeys" / "elsewhen"),
        "PORT": str(port),
        "BIND": f"127.0.0.1:{port}",
    }
    open_workspace(running, SLUG)
    moved = copy(running)
    moved.environment = environment
    # an administrator whose password was set today, as that server counts
    moved.manage("shell", "-v", "0", "-c", SETTLE.format(slug=SLUG, password=PASSWORD))
    command = [sys.executable, "-m", "gunicorn", "-c", "infra/gunicorn.conf.py", "config.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        until_answered(port)
        yield f"http://{SLUG}.localhost:{port}"
    finally:
        server.terminate()
        server.wait(15)


def test_from_the_application_to_full_membership(later: str, desk: Page) -> None:
    here = later
    sign_in(desk, here, f"admin@{SLUG}.example", PASSWORD)
    open_the_case(desk, here)
    for code, on, said in STEPS:
        record(desk, code, on, said)
    badge = desk.locator("main .status").first
    expect(badge).to_have_text("正式党员")
    # the day conversion counts from is the end of probation, not that of the meeting
    desk.goto(f"{here}/members/?q=孙申请")
    desk.get_by_role("link", name="孙申请").first.click()
    expect(desk.locator("main")).to_contain_text("2027-10-12")
    expect(desk.locator("main")).to_contain_text("2028-10-12")


def open_the_case(page: Page, here: str) -> None:
    page.goto(f"{here}/development/cases/new/")
    page.locator("select[name=member]").select_option(label="孙申请", force=True)
    page.get_by_label("递交入党申请书日期").fill("2026-06-01")
    press(page, "建立档案")
    expect(page.locator("h1")).to_have_text("孙申请的发展档案")


def record(page: Page, code: str, on: str, said: dict[str, str]) -> None:
    """Follow the button of the step, fill in its form, and come back to the case."""
    page.locator(f"main a[href$='/steps/{code}/']").first.click()
    page.locator("input[name=on]").fill(on)
    for label, typed in said.items():
        if label == "people":
            page.locator("select[name=people]").select_option(index=list(range(int(typed))), force=True)
        else:
            page.get_by_label(label, exact=True).fill(typed)
    if code.endswith("_meeting"):
        page.get_by_label("采取无记名投票，逐个讨论、逐个表决").check()
    press(page, "登记")
    expect(page.locator("h1")).to_have_text("孙申请的发展档案")
