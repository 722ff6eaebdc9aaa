"""A whole development case in the browser, from application to conversion, at a server whose clock is years on."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from playwright.sync_api import Page, expect

from tests.architecture.sources import ROOT
from tests.journeys.running import Running, free_port
from tests.journeys.steps import PASSWORD, open_workspace, press, sign_in
from tests.support.waiting import until_answered

SLUG = "fazhan"
# What stands on each form beside the day: field → what is typed, or how many people are chosen.
BALLOT = {"entitled": "3", "present": "3", "yes": "3"}
STEPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("talk", "2026-06-20", {"talker": "周书记"}),
    ("recommend", "2026-07-10", {"basis": "2026年7月10日支委会"}),
    ("file_activist", "2026-07-15", {}),
    ("contacts", "2026-07-15", {"people": "1"}),
    ("examine", "2026-12-30", {"note": "积极要求进步"}),
    ("examine", "2027-07-08", {"note": "表现稳定"}),
    ("public_notice", "2027-07-12", {"place": "公告栏", "phone": "8021"}),
    ("decide_object", "2027-07-26", {"basis": "2027年7月26日支委会"}),
    ("file_object", "2027-07-30", {"basis": "备案批复1号"}),
    ("introducers", "2027-08-01", {"people": "2"}),
    ("political_review", "2027-08-20", {"basis": "政审材料"}),
    ("training", "2027-09-05", {"days": "3"}),
    ("committee_review", "2027-09-10", {"basis": "支委会"}),
    ("prereview", "2027-09-20", {"basis": "预审意见1号"}),
    ("application_form", "2027-09-25", {}),
    ("general_meeting", "2027-10-12", BALLOT | {"basis": "2027年10月12日支部大会"}),
    ("talk_above", "2027-11-01", {"talker": "组织部"}),
    ("approval", "2027-11-20", {"basis": "党委批复3号"}),
    ("file_approval", "2027-11-25", {}),
    ("join_group", "2027-11-25", {}),
    ("oath", "2027-11-28", {}),
    ("apply_conversion", "2028-10-01", {}),
    ("conversion_meeting", "2028-10-13", BALLOT | {"basis": "2028年10月13日支部大会"}),
    ("conversion_approval", "2028-11-10", {"basis": "党委批复9号"}),
)
_ADMITTED = [code for code, _on, _said in STEPS].index("apply_conversion")
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
        Member.objects.get_or_create(unit=branch, name=name, joined_on="2010-01-01", converted_on="2011-01-01")
    admin = User.objects.get(grants__role="admin")
    admin.set_password("{password}")
    admin.password_set_at = now()
    admin.save()
    if not Member.objects.filter(name="孙申请").exists():
        Member.objects.create(unit=branch, name="孙申请", category="applicant", birth_date="1998-05-04")
"""


@contextmanager
def server_at(running: Running, instant: str) -> Iterator[str]:
    """The same product over the same database at another time; the address of its workspace."""
    port = free_port()
    moved = copy(running)
    moved.environment = running.environment | {
        "ELSEWHEN": instant,
        "PYTHONPATH": str(ROOT / "tests" / "journeys" / "elsewhen"),
        "PORT": str(port),
        "BIND": f"127.0.0.1:{port}",
    }
    # an administrator whose password was set today, as that server counts
    moved.manage("shell", "-v", "0", "-c", SETTLE.format(slug=SLUG, password=PASSWORD))
    command = [sys.executable, "-m", "gunicorn", "-c", "infra/gunicorn.conf.py", "config.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=moved.environment)
    try:
        until_answered(port)
        yield f"http://{SLUG}.localhost:{port}"
    finally:
        server.terminate()
        server.wait(15)


def test_from_the_application_to_full_membership(running: Running, desk: Page) -> None:
    open_workspace(running, SLUG)
    with server_at(running, "2027-11-30T02:00:00+00:00") as here:
        sign_in(desk, here, f"admin@{SLUG}.example", PASSWORD)
        open_the_case(desk, here)
        for code, on, said in STEPS[:_ADMITTED]:
            record(desk, code, on, said)
        expect(desk.locator("main .status").first).to_have_text("预备党员")
        case = desk.url.removeprefix(here)
    with server_at(running, "2028-11-25T02:00:00+00:00") as here:
        sign_in(desk, here, f"admin@{SLUG}.example", PASSWORD)
        desk.goto(f"{here}{case}")
        for code, on, said in STEPS[_ADMITTED:]:
            record(desk, code, on, said)
        expect(desk.locator("main .status").first).to_have_text("正式党员")
        # the day conversion counts from is the end of probation, not that of the meeting
        desk.goto(f"{here}/members/?q=孙申请")
        desk.locator("main").get_by_role("link", name="孙申请").first.click()
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
    for name, typed in said.items():
        if name == "people":
            page.locator("select[name=people]").select_option(index=list(range(int(typed))), force=True)
        else:
            page.locator(f"[name={name}]").fill(typed)
    if code.endswith("_meeting"):
        page.get_by_label("采取无记名投票，逐个讨论、逐个表决").check()
    press(page, "登记")
    expect(page.locator("h1")).to_have_text("孙申请的发展档案")
